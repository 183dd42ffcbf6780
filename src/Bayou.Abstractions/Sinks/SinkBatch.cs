namespace Bayou.Sinks;

/// <summary>Rows to write together, from any number of partitions; within a partition in offset order.</summary>
public sealed record SinkBatch
{
    /// <summary>Names this batch, the same at every attempt: the idempotency key. Characters: letters, digits, <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The rows. May be empty.</summary>
    public required IReadOnlyList<RowBlockRange> Rows { get; init; }
}
