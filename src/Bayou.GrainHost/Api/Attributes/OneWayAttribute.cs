namespace Orleans.Concurrency;

/// <summary>The caller of the interface method does not wait and hears of no failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
