using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>What readers are told, in the same words wherever it is found out.</summary>
internal static class FetchFailures
{
    /// <summary>The position lies outside of what the broker has.</summary>
    public static SourceException OutOfRange(TopicPartition partition, long next, Watermarks bounds) => Failure(
        SourceErrorKind.OffsetOutOfRange, partition, next, next < bounds.Low
            ? $"the broker has [{bounds.Low}, {bounds.High}), so {new OffsetRange(next, bounds.Low)} is lost to retention or deletion. Reading ends until it is decided what to do about the loss"
            : $"the broker has [{bounds.Low}, {bounds.High}), which ends below; the topic was truncated or made anew. Reading ends until it is decided what to do");

    /// <summary>The log was cut back below the position, and what was read from there on has been replaced or will be.</summary>
    public static SourceException Truncated(TopicPartition partition, OffsetRange lost, long end, int epoch) => new(
        SourceErrorKind.Truncated,
        $"Reading {partition} at offset {lost.Next} failed: the partition's new leader ends leader epoch {epoch} at {end}, so {lost}, which was read before, is gone from the topic or was replaced (an unclean leader election).")
    { Partition = partition, Lost = lost };

    /// <summary>The topic or the partition is not there.</summary>
    public static SourceException Gone(TopicPartition partition, long next) => Failure(
        SourceErrorKind.UnknownTopic, partition, next, "the topic or partition is not there any more. Reading ends until it is opened again");

    /// <summary>Another topic has the name now.</summary>
    public static SourceException MadeAnew(TopicPartition partition, long next, Guid before, Guid now) => Failure(
        SourceErrorKind.UnknownTopic, partition, next, $"the topic was deleted and made anew (its id was {TopicIdText.Of(before)} and is {TopicIdText.Of(now)}). Reading ends until it is opened again");

    /// <summary>Another topic has the name now, as the leaders' epochs tell where there are no ids.</summary>
    public static SourceException EpochsBeganAnew(TopicPartition partition, long next, int before, int now) => Failure(
        SourceErrorKind.UnknownTopic, partition, next, $"the topic was deleted and made anew (its leader epoch was {before} and is {now}). Reading ends until it is opened again");

    /// <summary>The right to read is missing.</summary>
    public static SourceException Unauthorized(TopicPartition partition, long next, string broker, TimeSpan again) => Failure(
        SourceErrorKind.Refused, partition, next, $"broker {broker} does not allow it (topic authorization failed). It is tried again every {again.TotalSeconds:F0} s");

    /// <summary>What the broker sent cannot be read.</summary>
    public static SourceException Unreadable(TopicPartition partition, long next, string broker, string why) => Failure(
        SourceErrorKind.Fatal, partition, next, $"what broker {broker} sent cannot be read: {why}. Reading ends here; nothing was skipped");

    /// <summary>Another reader has the partition now.</summary>
    public static SourceException TakenOver(TopicPartition partition, long next) => new(
        SourceErrorKind.TakenOver,
        $"Reading {partition} ended: another reader took the partition over at offset {next}. This reader must be closed; nothing was lost.") { Partition = partition };

    /// <summary>The source was closed.</summary>
    public static SourceException Closed(TopicPartition partition, long next) => new(
        SourceErrorKind.Transient, $"Reading {partition} at offset {next} ended: the source was closed here. Open it again to go on.") { Partition = partition };

    /// <summary>Nothing was heard for long; the same words for every partition, so that status can group them.</summary>
    // Even what cannot work, such as a certificate file that is not readable now, may be repaired while this waits.
    public static SourceException Waits(TopicPartition partition, SourceErrorKind kind, TimeSpan lasting, string why) => new(
        kind == SourceErrorKind.Fatal ? SourceErrorKind.Transient : kind, $"Reading waits, for {lasting.TotalSeconds:F0} s now: {why} It goes on by itself.") { Partition = partition };

    private static SourceException Failure(SourceErrorKind kind, TopicPartition partition, long next, string what) =>
        new(kind, $"Reading {partition} at offset {next} failed: {what}.") { Partition = partition };
}
