using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>A partition of which an offset is asked for.</summary>
/// <param name="Source">The partition.</param>
/// <param name="LeaderEpoch">That which the client knows: a leader with another one refuses; -1 takes any.</param>
/// <param name="Timestamp">Milliseconds since 1970: the first record at or after it; or <see cref="Latest"/>, <see cref="Earliest"/>.</param>
internal readonly record struct OffsetQuery(TopicPartition Source, int LeaderEpoch, long Timestamp)
{
    /// <summary>The offset of the next record that will be written, or the last stable offset.</summary>
    public const long Latest = -1;

    /// <summary>The offset of the first record that there is.</summary>
    public const long Earliest = -2;
}
