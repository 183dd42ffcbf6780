using Bayou.Grains.Routing;
using Bayou.Sources;
using Bayou.Verification.Ledger;
using Bayou.Verification.Rules;

namespace Bayou.Verification.Reading;

/// <summary>Reads partitions of the topic again and gives every record, with the outcome that the rules have for it, to a ledger.</summary>
internal sealed class TopicWalk(ISource source, RuleBook book, Action<long> progress)
{
    private const int Attempts = 20;
    private static readonly TimeSpan AttemptEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads <paramref name="range"/>; returns the parts of it that the source had dropped before they were read.</summary>
    /// <exception cref="SourceException">The source gave no answer for ten seconds, or refuses.</exception>
    public async Task<IReadOnlyList<OffsetRange>> RunAsync(TopicPartition partition, OffsetRange range, PartitionLedger ledger, RecordClassifier classifier, CancellationToken cancellationToken)
    {
        var dropped = new List<OffsetRange>();
        var segments = book.Segments(partition.ToString());
        var (position, failures) = (range.First, 0);
        while (position < range.Next)
        {
            await using var reader = source.OpenReader(partition, position, ReaderRole.Live);
            try
            {
                while (position < range.Next)
                {
                    var batch = await reader.ReadAsync(10_000, 4 << 20, cancellationToken);
                    Take(batch, range.Next, segments, ledger, classifier);
                    (position, failures) = (batch.Range.Next, 0);
                    progress(batch.Count);
                    batch.Release();
                }
            }
            catch (SourceException failure) when (failure.Kind == SourceErrorKind.OffsetOutOfRange && failures++ < Attempts)
            {
                var low = Math.Min((await source.GetWatermarksAsync(partition, cancellationToken)).Low, range.Next);
                if (low > position) dropped.Add(new OffsetRange(position, low));
                position = Math.Max(position, low);
            }
            catch (SourceException failure) when (failure.Kind == SourceErrorKind.Transient && failures++ < Attempts)
            {
                await Task.Delay(AttemptEvery, cancellationToken);
            }
        }

        return dropped;
    }

    private void Take(MicroBatch batch, long until, IReadOnlyList<RuleSegment> segments, PartitionLedger ledger, RecordClassifier classifier)
    {
        Span<Outcome> expected = stackalloc Outcome[book.Lineages.Count];
        var segment = 0;
        for (var index = 0; index < batch.Count; index++)
        {
            var record = batch[index];
            if (record.Offset >= until) return;
            while (record.Offset >= segments[segment].Next) segment++;
            classifier.Classify(record, segments[segment], expected);
            ledger.Record(record.Offset, expected);
        }
    }
}
