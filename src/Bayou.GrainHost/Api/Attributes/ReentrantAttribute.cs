namespace Orleans.Concurrency;

/// <summary>Requests of the grain class may interleave at awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
