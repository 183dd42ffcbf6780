namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>What a silo with its default options may take at most, whatever it is given to read.</summary>
internal static class MemoryLimit
{
    /// <summary>512 MiB that tables may hold (SliceMemoryBytes), and as much for what was read ahead, batches in work, encoding and the runtime.</summary>
    public const long Bytes = 1024L << 20;

    /// <summary>Fails when the arena's silos took more; says how much they took.</summary>
    public static string Check(Arena arena)
    {
        Assert.True(arena.PeakBytes <= Bytes, $"the silo had {arena.PeakBytes >> 20} MiB of memory (VmHWM); the limit is {Bytes >> 20} MiB");
        return $"peak memory {arena.PeakBytes >> 20} MiB, limit {Bytes >> 20}";
    }
}
