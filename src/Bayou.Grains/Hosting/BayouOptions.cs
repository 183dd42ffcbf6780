namespace Bayou.Grains.Hosting;

/// <summary>Settings of a silo that hosts pipelines.</summary>
public sealed class BayouOptions
{
    /// <summary>The configuration section that these are bound to.</summary>
    public const string Section = "Bayou";

    /// <summary>Threads for encoding, compression and blocking I/O. 0, the default, is as many as cores; more do not make a commit faster. One that hangs in a storage that does not answer is not counted.</summary>
    public int WorkThreads { get; set; }

    /// <summary>Bytes of slices that all tables of the silo may hold together, 512 MiB unless said otherwise. Each table has an equal share, which makes smaller files when it is smaller.</summary>
    public long SliceMemoryBytes { get; set; } = 512L << 20;

    /// <summary>Bytes that each table may hold at least, however many share <see cref="SliceMemoryBytes"/>; 8 MiB unless said otherwise. Too small: a table takes one slice at a time, and others wait for it.</summary>
    public long LeastTableBytes { get; set; } = 8L << 20;

    /// <summary>Most records of one micro-batch, 10,000 unless said otherwise.</summary>
    public int BatchRecords { get; set; } = 10_000;

    /// <summary>Most bytes of one micro-batch, 384 KiB unless said otherwise; a larger record is a batch of its own. Each partition holds one batch while it is routed; a batch that fits the processor's cache is routed faster.</summary>
    public int BatchBytes { get; set; } = 384 << 10;

    /// <summary>How often a silo looks for pipelines that should run and do not, 5 s unless said otherwise.</summary>
    public TimeSpan ReviveEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often new partitions are looked for, 30 s unless said otherwise.</summary>
    public TimeSpan DiscoverEvery { get; set; } = TimeSpan.FromSeconds(30);
}
