using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Grains.Partitions;

/// <summary>What a partition does when its source has lost records. Nothing is passed over that is not in <see cref="Lost"/>, which the ledger keeps.</summary>
/// <param name="StopReason">Why the partition stops; null when it goes on.</param>
/// <param name="Lost">The offsets whose records are lost; null when none are, and reading is just tried again.</param>
/// <param name="Position">Where reading goes on.</param>
internal readonly record struct DataLossDecision(string? StopReason, OffsetRange? Lost, long Position)
{
    /// <summary>The position lies outside of what the source has, or did a moment ago.</summary>
    public static DataLossDecision OutOfRange(TopicPartition partition, long position, Watermarks bounds, DataLossPolicy policy)
    {
        if (position > bounds.High) return new(PartitionOpening.EndsBelow(partition, position, bounds), null, position);
        if (position >= bounds.Low) return new(null, null, position);
        var lost = new OffsetRange(position, bounds.Low);
        return policy == DataLossPolicy.Continue
            ? new(null, lost, lost.Next)
            : new($"Offsets {lost} of partition {partition} are gone from the source before they were read (retention). Nothing more is read here; set onDataLoss: continue to go on at {bounds.Low} and have the range in the ledger.", lost, position);
    }

    /// <summary>The source has replaced records below the position, which were read before, by others, which will not be.</summary>
    public static DataLossDecision Truncated(long position, SourceException failure, DataLossPolicy policy) => policy == DataLossPolicy.Continue
        ? new(null, failure.Lost, position)
        : new($"{failure.Message} Nothing more is read here; set onDataLoss: continue to go on at {position} and have the range in the ledger.", failure.Lost, position);
}
