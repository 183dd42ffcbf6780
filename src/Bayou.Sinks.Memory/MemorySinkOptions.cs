namespace Bayou.Sinks.Memory;

/// <summary>Options of a table that is held in memory.</summary>
public sealed class MemorySinkOptions
{
    /// <summary>Most rows to hold, 1 to 10,000,000; 10,000 unless given. The oldest ones are let go of. Every query looks at all of them.</summary>
    public int Rows { get; init; } = 10_000;

    /// <summary>Most bytes to hold, at least 1,024; 64 MiB unless given. Whole batches are let go of, the oldest first; the last one stays however large.</summary>
    public long Bytes { get; init; } = 64 << 20;
}
