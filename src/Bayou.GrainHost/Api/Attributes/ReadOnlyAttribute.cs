namespace Orleans.Concurrency;

/// <summary>The interface method changes nothing, so it may run interleaved with other such methods.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
