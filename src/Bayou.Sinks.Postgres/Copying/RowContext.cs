namespace Bayou.Sinks.Postgres;

/// <summary>What the rows of a block have in common.</summary>
internal readonly ref struct RowContext(ReadOnlySpan<byte> topic, int partition, int generation, int first)
{
    /// <summary>The topic, UTF-8.</summary>
    public ReadOnlySpan<byte> Topic { get; } = topic;

    /// <summary>The partition's number.</summary>
    public int Partition { get; } = partition;

    /// <summary>The source's generation.</summary>
    public int Generation { get; } = generation;

    /// <summary>Index in the block of the first row to write.</summary>
    public int First { get; } = first;
}
