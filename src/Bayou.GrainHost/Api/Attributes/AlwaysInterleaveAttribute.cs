namespace Orleans.Concurrency;

/// <summary>The interface method may run while any other request of the activation awaits something.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
