using Bayou.Definitions;
using Bayou.Sinks.Delta;

namespace Bayou.Cli.Demo;

/// <summary>
/// Reads the demo's tables back and counts, for every (partition, offset), how often it arrived. Counted from the destinations alone: nothing that the
/// pipeline says of itself is used.
/// </summary>
internal sealed class DemoProof
{
    private readonly Dictionary<int, HashSet<long>> _seen = [];

    /// <summary>Rows by table, in the order in which they were added.</summary>
    public List<(string Table, long Rows)> Tables { get; } = [];

    /// <summary>Different records that arrived.</summary>
    public long Distinct => _seen.Values.Sum(offsets => (long)offsets.Count);

    /// <summary>Rows beyond the first of a record.</summary>
    public long Doubled { get; private set; }

    /// <summary>Reads a table; one that was never written has no rows.</summary>
    public void Add(string name, string path)
    {
        long rows = 0;
        if (DeltaTableReader.Exists(path))
        {
            foreach (var group in DeltaTableReader.Open(path).Read(MetadataColumns.Partition, MetadataColumns.Offset))
            {
                var partitions = group.Columns[0].Fixed<int>();
                var offsets = group.Columns[1].Fixed<long>();
                rows += group.Count;
                for (var row = 0; row < group.Count; row++)
                    Count(partitions[row], offsets[row]);
            }
        }

        Tables.Add((name, rows));
    }

    private void Count(int partition, long offset)
    {
        if (!_seen.TryGetValue(partition, out var offsets))
            _seen[partition] = offsets = [];
        if (!offsets.Add(offset))
            Doubled++;
    }
}
