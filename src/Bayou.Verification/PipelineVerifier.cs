using System.Collections.Concurrent;
using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Verification.Ledger;
using Bayou.Verification.Reading;
using Bayou.Verification.Reports;
using Bayou.Verification.Rules;

namespace Bayou.Verification;

/// <summary>
/// Proves from the destinations and the topic what became of every record. Reads every table at one version, so that it may run beside the pipeline; asks no
/// grain for a count and changes nothing.
/// </summary>
/// <param name="sources">The kinds of source.</param>
/// <param name="progress">Told now and then how far it has come; called from several threads.</param>
public sealed class PipelineVerifier(IEnumerable<ISourceFactory> sources, Action<VerificationProgress> progress)
{
    private const int PartitionsAtOnce = 16;

    private long _records;
    private long _total;

    /// <summary>Verifies a pipeline.</summary>
    /// <param name="file">The definition in its file.</param>
    /// <param name="state">What its grains have stored; null when there is no state directory.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SourceException">The topic cannot be read.</exception>
    /// <exception cref="InvalidDataException">The state directory is damaged.</exception>
    public async Task<VerificationReport> RunAsync(PipelineDefinition file, StoredState? state, CancellationToken cancellationToken)
    {
        progress(new VerificationProgress("opening the tables", 0, 0));
        using var pipeline = await OpenedPipeline.OpenAsync(file, state, cancellationToken);
        await Task.Run(() => pipeline.Load(step => progress(new VerificationProgress(step, 0, 0)), cancellationToken), cancellationToken);

        var factory = sources.FirstOrDefault(each => each.Kind == file.Source.Kind)
            ?? throw new SourceException(SourceErrorKind.Fatal, $"The topic cannot be read again: there is no source of kind '{file.Source.Kind}' here.");
        await using var source = await factory.OpenAsync(file.Source with { Topics = [.. pipeline.Topics] }, cancellationToken);
        var report = new ReportBuilder(pipeline);
        var keys = await FindPartitionsAsync(source, pipeline, report, cancellationToken);
        _total = keys.Sum(entry => entry.Value is { } bounds ? bounds.High - bounds.Low : 0);

        var starts = new StartOffsets(pipeline, source);
        var walk = new TopicWalk(source, pipeline.Book, count => progress(new VerificationProgress("topic", Interlocked.Add(ref _records, count), _total)));
        var classifiers = new ConcurrentBag<RecordClassifier>();
        var prepared = new List<(CursorKey Key, Watermarks? Bounds, IReadOnlyList<TableCoverage> Coverage)>();
        foreach (var (key, bounds) in keys)
            prepared.Add((key, bounds, Cover(pipeline, key, await starts.FindAsync(key, bounds, cancellationToken))));
        await Parallel.ForEachAsync(prepared, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = PartitionsAtOnce }, async (entry, stopping) =>
        {
            if (!classifiers.TryTake(out var classifier)) classifier = new RecordClassifier(pipeline.Book);
            var ledger = new PartitionLedger(entry.Coverage, [.. pipeline.Tables.Select(table => table.Found(entry.Key))]);
            var unread = new List<OffsetRange> { new(0, long.MaxValue) };
            if (entry.Bounds is { } bounds)
            {
                var first = Math.Min(bounds.High, Math.Max(bounds.Low, entry.Coverage.Min(table => table.Start)));
                unread = [new OffsetRange(0, bounds.Low), .. await walk.RunAsync(entry.Key.Partition, new OffsetRange(first, bounds.High), ledger, classifier, stopping)];
            }

            var lost = state is null ? [] : await state.ReadLostAsync(entry.Key.Partition);
            report.Add(entry.Key, entry.Bounds, ledger, ledger.Finish(unread, lost), lost);
            classifiers.Add(classifier);
        });
        report.AddGuessedStarts(starts.Guessed);
        return report.Build();
    }

    private static async Task<IReadOnlyDictionary<CursorKey, Watermarks?>> FindPartitionsAsync(
        ISource source, OpenedPipeline pipeline, ReportBuilder report, CancellationToken cancellationToken)
    {
        var keys = pipeline.Tables.SelectMany(table => table.Keys).Distinct().ToDictionary(key => key, _ => (Watermarks?)null);
        foreach (var topic in pipeline.Topics)
        {
            var description = await source.DescribeTopicAsync(topic, cancellationToken);
            var known = pipeline.IdentityOf(topic);
            var now = new SourceIdentity { Topic = topic, ClusterId = description.ClusterId, TopicId = description.TopicId };
            if (known is not null && !known.CouldBe(now))
            {
                report.AddOtherSource(topic, known, now);
                continue;
            }

            var partitions = Enumerable.Range(0, description.Partitions).Select(number => new TopicPartition(topic, number)).ToList();
            var bounds = await Task.WhenAll(partitions.Select(partition => source.GetWatermarksAsync(partition, cancellationToken)));
            for (var number = 0; number < partitions.Count; number++) keys[new CursorKey(partitions[number], known?.Generation ?? 1)] = bounds[number];
        }

        return keys.OrderBy(entry => entry.Key.Partition.Topic, StringComparer.Ordinal).ThenBy(entry => entry.Key.Generation).ThenBy(entry => entry.Key.Partition.Partition)
            .ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    private static IReadOnlyList<TableCoverage> Cover(OpenedPipeline pipeline, CursorKey key, IReadOnlyList<long> starts)
    {
        var knownFrom = pipeline.Book.KnownFrom(key.Partition.ToString());
        return
        [
            .. pipeline.Tables.Select((table, index) =>
            {
                var next = table.State.Cursors.TryGetValue(key, out var cursor) ? cursor : starts[index];
                return new TableCoverage(Math.Min(starts[index], next), next, table.QuarantineState.Cursors.GetValueOrDefault(key))
                {
                    IsChecked = table.Unreadable is null,
                    RuleKnownFrom = pipeline.Knows(table.State.Definition) ? knownFrom : long.MaxValue,
                };
            }),
        ];
    }
}
