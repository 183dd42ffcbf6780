using Bayou.Status;

namespace Bayou.Benchmarks.Pipelines;

/// <summary>Watches, from one status to the next, how all tables but one get on.</summary>
internal sealed class OthersWatch(string apart)
{
    private readonly DateTime _started = DateTime.UtcNow;
    private readonly List<(double Seconds, long Rows)> _samples = [];
    private double? _behind;
    private double? _done;

    /// <summary>Takes a status; true when the other tables have everything, from then on.</summary>
    public bool Look(PipelineStatus status)
    {
        if (_done is not null) return true;
        var others = status.Tables.Where(table => table.Name != apart).ToArray();
        var seconds = (status.Time.UtcDateTime - _started).TotalSeconds;
        _samples.Add((seconds, others.Sum(table => table.Rows)));
        if (_behind is null && status.Tables.Any(table => table.Name == apart && table.State == TableState.Behind)) _behind = seconds;
        if (!IsRead(status) || others.Any(table => table.State != TableState.Live || table.BufferedBytes > 0)) return false;
        _done = (others.Max(table => table.LastCommit)!.Value.UtcDateTime - _started).TotalSeconds;
        return true;
    }

    /// <summary>What was seen.</summary>
    public OthersPace Pace()
    {
        var all = _samples[^1].Rows;
        var from = _samples.First(sample => sample.Rows >= all * 0.5);
        var to = _samples.First(sample => sample.Rows >= all * 0.9);
        return new OthersPace(_done!.Value, (to.Rows - from.Rows) / (to.Seconds - from.Seconds), _behind);
    }

    private static bool IsRead(PipelineStatus status) =>
        status.Partitions.Length > 0 && status.Partitions.All(partition => partition.HighWatermark >= 0 && partition.NextOffset >= partition.HighWatermark);
}
