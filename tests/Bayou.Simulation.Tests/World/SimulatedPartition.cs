using Bayou.Sources;

namespace Bayou.Simulation.Tests.World;

/// <summary>One partition's log: records in order, with gaps between offsets.</summary>
internal sealed class SimulatedPartition
{
    private readonly List<TopicRecord> _records = [];
    private long _low;
    private long _high;

    public event Action? Grown;

    public IReadOnlyList<TopicRecord> Records => _records;

    public Watermarks Bounds => new(_low, _high);

    /// <summary>Offsets that no record has, as transaction markers and compaction leave them.</summary>
    public void Skip(long offsets)
    {
        _high += offsets;
        Grown?.Invoke();
    }

    public void Add(Func<long, TopicRecord> make)
    {
        _records.Add(make(_high++));
        Grown?.Invoke();
    }

    /// <summary>Removes everything below an offset, as retention does.</summary>
    public void CutOff(long low) => _low = Math.Max(_low, Math.Min(low, _high));

    /// <summary>The records of <c>[first, next)</c>, whatever retention has removed.</summary>
    public IEnumerable<TopicRecord> Between(long first, long next)
    {
        for (var index = FirstAt(first); index < _records.Count && _records[index].Offset < next; index++) yield return _records[index];
    }

    private int FirstAt(long offset)
    {
        var (low, high) = (0, _records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_records[middle].Offset < offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
