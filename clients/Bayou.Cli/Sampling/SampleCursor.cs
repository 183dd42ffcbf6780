using Bayou.Sources;

namespace Bayou.Cli.Sampling;

/// <summary>How far sampling is in one partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Range">From the next offset to read up to where the partition ended when sampling began.</param>
internal sealed record SampleCursor(TopicPartition Partition, OffsetRange Range)
{
    /// <summary>The cursor that has the last <paramref name="share"/> offsets before the end in front of it.</summary>
    public SampleCursor BeforeEnd(long share) => this with { Range = new OffsetRange(Math.Max(Range.First, Range.Next - share), Range.Next) };
}
