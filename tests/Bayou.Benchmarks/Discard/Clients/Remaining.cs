using Bayou.Sources;

namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>Which partitions of a poll loop have not been read to their end.</summary>
internal sealed class Remaining
{
    private readonly long[] _high;

    /// <summary>The partitions that hold anything.</summary>
    public Remaining(PartitionBounds[] bounds)
    {
        _high = new long[bounds.Max(partition => partition.Partition) + 1];
        foreach (var (partition, low, high) in bounds)
        {
            if (low >= high) continue;
            _high[partition] = high;
            Count++;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>False for a record that was written after the benchmark began, or again; notes the end otherwise.</summary>
    public bool Wants(int partition, long offset)
    {
        var next = OffsetRange.NextAfter(offset);
        if (next > _high[partition]) return false;
        if (next == _high[partition]) End(partition);
        return true;
    }

    /// <summary>There is nothing more in a partition.</summary>
    public void End(int partition)
    {
        if (_high[partition] == 0) return;
        _high[partition] = 0;
        Count--;
    }
}
