using System.Globalization;

namespace Bayou.Sinks.Delta;

/// <summary>
/// Writes a checkpoint when the log's version is a multiple of the interval, and then removes what has expired from the log. The commit before it stands whatever becomes of the checkpoint,
/// which only makes opening the table faster: one that fails is tried again after the next commit.
/// </summary>
internal sealed class CheckpointSchedule(ITableStorage storage, DeltaSinkOptions options, TimeProvider time)
{
    private bool _isDue;

    /// <summary>Writes a checkpoint if one is due.</summary>
    public void AfterCommit(TableSnapshot snapshot)
    {
        _isDue |= snapshot.Version > 0 && snapshot.Version % Interval(snapshot.Metadata.Configuration) == 0;
        if (!_isDue) return;
        try
        {
            // The files are read for this only, and not kept: of a table with many commits they are most of its state.
            var full = new TableLog(storage, withFiles: true).Refresh()!;
            if (!full.Files!.Active.Any(add => add.HasDeletionVector))
                CheckpointWriter.Write(storage, full, time.GetUtcNow().ToUnixTimeMilliseconds() - Retention(full.Metadata.Configuration));
            _isDue = false;
            LogCleanup.Run(storage, full.Metadata.Configuration, time.GetUtcNow());
        }
        catch (Exception)
        {
            // A checkpoint stays due; what is left of a cleanup is done after the next one. Whatever it is, the commit has been made, and must not be reported as failed.
        }
    }

    private int Interval(IReadOnlyDictionary<string, string> properties)
    {
        if (options.CheckpointEvery is { } every) return every;
        return int.TryParse(properties.GetValueOrDefault("delta.checkpointInterval"), NumberStyles.None, CultureInfo.InvariantCulture, out var interval) && interval > 0
            ? interval
            : DeltaSinkOptions.DefaultCheckpointEvery;
    }

    // Longer than asked for is safe: an interval that is not understood keeps every removed file.
    private static long Retention(IReadOnlyDictionary<string, string> properties)
    {
        var text = properties.GetValueOrDefault("delta.deletedFileRetentionDuration", "interval 1 week");
        return IntervalText.TryParse(text, out var retention) ? (long)retention.TotalMilliseconds : long.MaxValue / 2;
    }
}
