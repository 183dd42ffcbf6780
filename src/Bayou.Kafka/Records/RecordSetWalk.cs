namespace Bayou.Kafka.Records;

/// <summary>
/// What the headers in a fetched record set say: all that is needed to fetch on without decoding a record. Pure. Of a set that is malformed somewhere, the
/// whole batches before that place count.
/// </summary>
internal readonly struct RecordSetWalk
{
    /// <summary>Bytes of the whole batches, from the set's start.</summary>
    public int WholeBytes { get; private init; }

    /// <summary>Number of whole batches.</summary>
    public int Batches { get; private init; }

    /// <summary>Where fetching goes on; null when there is no whole batch.</summary>
    public long? NextOffset { get; private init; }

    /// <summary>Leader epoch of the last whole batch; -1 when there is none or it is unknown.</summary>
    public int LeaderEpoch { get; private init; }

    /// <summary>True when the set ends within a batch; what is missing comes with the next fetch, unless <see cref="IsFirstIncomplete"/>.</summary>
    public bool IsTruncated { get; private init; }

    /// <summary>True when not even the first batch is whole: fetching again with the same limits brings the same.</summary>
    public bool IsFirstIncomplete => IsTruncated && Batches == 0;

    /// <summary>What is malformed behind the whole batches; null when nothing is.</summary>
    public RecordProblem? Problem { get; private init; }

    /// <summary>Leader epoch of the last whole batch in <paramref name="set"/> that begins below <paramref name="offset"/>; null when none does.</summary>
    public static int? EpochBefore(ReadOnlySpan<byte> set, long offset)
    {
        int? epoch = null;
        var cursor = new BatchCursor(int.MaxValue);
        while (cursor.MoveNext(set) == BatchStep.Batch && cursor.Header.BaseOffset < offset) epoch = cursor.Header.PartitionLeaderEpoch;
        return epoch;
    }

    /// <summary>Walks through <paramref name="set"/>, whose batches may have up to <paramref name="maxBatchBytes"/> bytes.</summary>
    public static RecordSetWalk Through(ReadOnlySpan<byte> set, int maxBatchBytes)
    {
        var cursor = new BatchCursor(maxBatchBytes);
        var batches = 0;
        var step = cursor.MoveNext(set);
        for (; step == BatchStep.Batch; step = cursor.MoveNext(set)) batches++;
        return new RecordSetWalk
        {
            WholeBytes = cursor.WholeBytes,
            Batches = batches,
            NextOffset = cursor.NextOffset,
            LeaderEpoch = batches == 0 ? -1 : cursor.Header.PartitionLeaderEpoch,
            IsTruncated = step == BatchStep.Incomplete,
            Problem = cursor.Problem,
        };
    }
}
