using Bayou.Sources;

namespace Bayou.Simulation.Tests.World;

/// <summary>What was ever stored durably about the source: where partitions start, what was lost, and from where each version of the definition holds.</summary>
internal sealed class History
{
    private readonly Dictionary<int, long> _starts = [];
    private readonly HashSet<(int Partition, long Start)> _allStarts = [];
    private readonly HashSet<(int Partition, OffsetRange Range)> _lost = [];
    private readonly Dictionary<(int Version, int Partition), long> _floors = [];

    /// <summary>Told of every range that was noted as lost.</summary>
    public Action<string> Note { get; set; } = _ => { };

    public int LostRanges => _lost.Count;

    public int TakeOvers => _floors.Keys.Select(floor => floor.Version).Distinct().Count();

    public void Start(int partition, long start)
    {
        _starts.TryAdd(partition, start);
        _allStarts.Add((partition, start));
    }

    public void Lost(int partition, OffsetRange range)
    {
        if (_lost.Add((partition, range))) Note($"lost {range} of partition {partition}");
    }

    public void Floor(int version, int partition, long floor) => _floors[(version, partition)] = floor;

    public long StartOf(int partition) => _starts.GetValueOrDefault(partition);

    /// <summary>Whether a partition started there by the state of some time: one that was lost is resolved anew, and then begins where the source does.</summary>
    public bool WasStart(int partition, long offset) => _allStarts.Contains((partition, offset));

    /// <summary>The first offset under a version, where it took over from another in that partition.</summary>
    public long? FloorOf(int version, int partition) => _floors.TryGetValue((version, partition), out var floor) ? floor : null;

    public bool IsLost(int partition, long offset) => _lost.Any(lost => lost.Partition == partition && lost.Range.First <= offset && offset < lost.Range.Next);

    /// <summary>The version whose rules a record is under.</summary>
    public int VersionOf(int partition, long offset, int latest)
    {
        for (var version = latest; version > 1; version--)
            if (_floors.Keys.Any(floor => floor.Version == version) && offset >= _floors.GetValueOrDefault((version, partition))) return version;
        return 1;
    }
}
