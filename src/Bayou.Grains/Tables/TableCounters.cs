using Bayou.Definitions;
using Bayou.Slices;
using Bayou.Sinks;

namespace Bayou.Grains.Tables;

/// <summary>What a table has committed since it was activated.</summary>
internal sealed class TableCounters(DateTimeOffset began)
{
    private const int ReasonColumn = 2;
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(10);

    private readonly Queue<(DateTimeOffset Time, long Rows)> _recent = new();

    public long Rows { get; private set; }

    public long BytesWritten { get; private set; }

    public long Commits { get; private set; }

    public DateTimeOffset? LastCommit { get; private set; }

    public long SinkVersion { get; private set; } = -1;

    /// <summary>Quarantined records by the first word of their reason.</summary>
    public Dictionary<string, long> Quarantined { get; } = [];

    /// <summary>Counts a group that is durable.</summary>
    public void Add(string table, CommitGroup group, CommitResult result, DateTimeOffset now)
    {
        Rows += group.Rows;
        BytesWritten += result.BytesWritten;
        Commits++;
        LastCommit = now;
        SinkVersion = Math.Max(SinkVersion, result.SinkVersion);
        _recent.Enqueue((now, group.Rows));
        foreach (var slice in group.Slices)
        {
            if (table == QuarantineTable.Name) CountReasons(slice.Slice.Rows.Span, slice.FirstRow);
            else CountReasons(slice.Slice.Quarantined.Span, slice.FirstQuarantined);
        }
    }

    /// <summary>Rows per second over the last ten seconds, or since the beginning when that is less long ago.</summary>
    public double RowsPerSecond(DateTimeOffset now)
    {
        while (_recent.TryPeek(out var oldest) && now - oldest.Time > RateWindow) _recent.Dequeue();
        var window = now - began < RateWindow ? now - began : RateWindow;
        return window > TimeSpan.Zero ? _recent.Sum(entry => entry.Rows) / window.TotalSeconds : 0;
    }

    private void CountReasons(ReadOnlySpan<byte> bytes, int first)
    {
        var block = new RowBlock(bytes);
        if (block.Rows == first) return;
        var reasons = block.Column(ReasonColumn);
        for (var row = first; row < block.Rows; row++)
        {
            var reason = reasons.Bytes(row);
            var colon = reason.IndexOf((byte)':');
            var code = System.Text.Encoding.UTF8.GetString(colon < 0 ? reason : reason[..colon]);
            Quarantined[code] = Quarantined.GetValueOrDefault(code) + 1;
        }
    }
}
