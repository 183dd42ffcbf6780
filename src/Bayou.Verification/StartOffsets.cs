using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Verification.Reading;
using Bayou.Verification.Rules;

namespace Bayou.Verification;

/// <summary>Where tables began in each partition: as the pipeline stored it, else as its definition says, else as far down as rows were found.</summary>
internal sealed class StartOffsets(OpenedPipeline pipeline, ISource source)
{
    private readonly HashSet<TopicPartition> _guessed = [];

    /// <summary>Partitions whose start could not be found out.</summary>
    public IReadOnlyCollection<TopicPartition> Guessed => _guessed;

    /// <summary>The start of each table, in the order of the book's.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="bounds">What the topic has of it; null when it cannot be read.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<long>> FindAsync(CursorKey key, Watermarks? bounds, CancellationToken cancellationToken)
    {
        var partition = key.Partition.ToString();
        var common = pipeline.Stored?.Partitions.GetValueOrDefault(partition) is { } known && known.Generation == key.Generation
            ? known.Start
            : await ResolveAsync(key, bounds, cancellationToken);
        return [.. pipeline.Book.Lineages.Select(lineage => OwnStart(lineage, partition) ?? common)];
    }

    private long? OwnStart(Lineage lineage, string partition)
    {
        for (var name = lineage.Names.Count - 1; name >= 0; name--)
            if (pipeline.Stored?.TableStarts.GetValueOrDefault(lineage.Names[name])?.TryGetValue(partition, out var start) == true) return start;
        return lineage is { First: > 0, Backfilled: false, IsQuarantine: false } ? pipeline.Book.Versions[lineage.First].FloorOf(partition) : null;
    }

    private async Task<long> ResolveAsync(CursorKey key, Watermarks? bounds, CancellationToken cancellationToken)
    {
        var lowest = pipeline.Tables.Min(table => table.Found(key).Lowest);
        var start = pipeline.File.Source.Start;
        if (bounds is null) return lowest == long.MaxValue ? 0 : lowest;
        switch (start.Kind)
        {
            case StartKind.Offsets when start.Offsets.TryGetValue(key.Partition.ToString(), out var offset):
                return offset;
            case StartKind.Timestamp:
                return Math.Min(lowest, await source.FindOffsetAsync(key.Partition, start.TimestampMilliseconds, cancellationToken));
            case StartKind.Latest:
                _guessed.Add(key.Partition);
                return Math.Min(lowest, bounds.Value.High);
            default:
                return Math.Min(lowest, bounds.Value.Low);
        }
    }
}
