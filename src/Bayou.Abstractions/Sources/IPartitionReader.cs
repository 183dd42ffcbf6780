namespace Bayou.Sources;

/// <summary>
/// Reads one partition in order. One caller at a time. Reads ahead within bounds; when nobody asks, it stops fetching.
/// </summary>
public interface IPartitionReader : IAsyncDisposable
{
    /// <summary>
    /// Waits for the next micro-batch, which begins where the one before ended. Ends with an empty batch that moves
    /// <c>Next</c> when only markers or compacted offsets were left. The caller owns the batch and releases it.
    /// </summary>
    /// <param name="maxRecords">Most records to return, at least 1.</param>
    /// <param name="maxBytes">Most bytes of data to return; a single larger record is returned alone.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost, the next call goes on.</param>
    /// <exception cref="SourceException">The position is gone, the reader was taken over, or reading is impossible for now.</exception>
    ValueTask<MicroBatch> ReadAsync(int maxRecords, int maxBytes, CancellationToken cancellationToken);

    /// <summary>The partition's bounds as last heard of, without asking the broker; null when nothing was heard yet.</summary>
    Watermarks? Watermarks { get; }

    /// <summary>True once the source has answered for this partition since the reader was opened, so that a wait means that there is nothing to read; false while that is not known.</summary>
    bool HasAnswered => false;

    /// <summary>Counts the leaders that the partition has had, up to the one under which the record before the position was written; -1 when that is not known.</summary>
    int LeaderEpoch => -1;
}
