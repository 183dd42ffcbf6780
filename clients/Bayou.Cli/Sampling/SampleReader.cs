using Bayou.Console;
using Bayou.Sources;

namespace Bayou.Cli.Sampling;

/// <summary>
/// Reads some records of a source's topics, spread over their partitions, and no further than where the partitions ended when it began: it never waits for records that
/// are still to be written. It leaves no trace in the source.
/// </summary>
internal sealed class SampleReader(ISource source, IReadOnlyList<string> topics, bool latest)
{
    private const int BatchBytes = 4 << 20;
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Up to <paramref name="records"/> records: the first of each partition, or the last. The caller releases the batches. Fewer when there are not so many, or, from the
    /// end, when offsets there have no record.
    /// </summary>
    /// <exception cref="CommandFailedException">A partition that has records gave none in time.</exception>
    public async Task<IReadOnlyList<MicroBatch>> ReadAsync(int records, CancellationToken cancellationToken)
    {
        var cursors = await FindAsync(cancellationToken);
        if (latest)
            cursors = [.. Shares(cursors, records).Select(part => part.Cursor.BeforeEnd(part.Share))];

        // Offsets without a record (markers, compaction) leave a round short; the next one makes up for it where the partitions go on.
        var batches = new List<MicroBatch>();
        while (Shares(cursors, records - batches.Sum(batch => batch.Count)) is var round && round.Any(part => part.Share > 0))
        {
            var read = await Task.WhenAll(round.Select(part => ReadAsync(part.Cursor, part.Share, cancellationToken)));
            cursors = [.. read.Select(part => part.Cursor)];
            batches.AddRange(read.SelectMany(part => part.Batches));
        }

        return [.. batches.OrderBy(batch => batch.Source.Topic, StringComparer.Ordinal).ThenBy(batch => batch.Source.Partition).ThenBy(batch => batch.Range.First)];
    }

    private static (SampleCursor Cursor, long Share)[] Shares(SampleCursor[] cursors, long records) =>
        [.. cursors.Zip(SampleShares.Spread([.. cursors.Select(cursor => cursor.Range.Count)], records))];

    private async Task<SampleCursor[]> FindAsync(CancellationToken cancellationToken)
    {
        var partitions = new List<TopicPartition>();
        foreach (var topic in topics)
            partitions.AddRange(Enumerable.Range(0, (await source.DescribeTopicAsync(topic, cancellationToken)).Partitions).Select(number => new TopicPartition(topic, number)));
        return await Task.WhenAll(partitions.Select(async partition =>
        {
            var bounds = await source.GetWatermarksAsync(partition, cancellationToken);
            return new SampleCursor(partition, new OffsetRange(bounds.Low, bounds.High));
        }));
    }

    private async Task<(SampleCursor Cursor, List<MicroBatch> Batches)> ReadAsync(SampleCursor cursor, long share, CancellationToken cancellationToken)
    {
        var batches = new List<MicroBatch>();
        if (share == 0)
            return (cursor, batches);

        await using var reader = source.OpenReader(cursor.Partition, cursor.Range.First, ReaderRole.Live);
        while (share > 0 && !cursor.Range.IsEmpty)
        {
            var batch = await ReadAsync(reader, cursor, share, cancellationToken);
            cursor = cursor with { Range = cursor.Range with { First = batch.Range.Next } };
            share -= batch.Count;
            if (batch.Count > 0)
                batches.Add(batch);
            else
                batch.Release();
        }

        return (cursor, batches);
    }

    private static async Task<MicroBatch> ReadAsync(IPartitionReader reader, SampleCursor cursor, long share, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReadLimit);
        try
        {
            return await reader.ReadAsync((int)Math.Min(share, cursor.Range.Count), BatchBytes, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException($"reading {cursor.Partition} at offset {cursor.Range.First} gave nothing within {ReadLimit.TotalSeconds:0} s, though the partition goes on to {cursor.Range.Next}");
        }
    }
}
