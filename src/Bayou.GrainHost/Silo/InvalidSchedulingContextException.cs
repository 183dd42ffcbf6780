namespace Orleans.Runtime;

/// <summary>Something that belongs to an activation's turns was done outside them.</summary>
[GenerateSerializer]
internal sealed class InvalidSchedulingContextException(string message) : OrleansException(message);
