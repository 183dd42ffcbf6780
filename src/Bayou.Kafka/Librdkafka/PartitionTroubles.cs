using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Kafka.Librdkafka.Reading;
using Bayou.Sources;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka;

/// <summary>
/// Decides what an error that ended an assignment means, by asking the brokers: the reader fails for good, or its partition is assigned again
/// where it was. Called on a polling thread, it does its asking elsewhere.
/// </summary>
internal sealed partial class PartitionTroubles(
    ControlClient control, ConnectionHealth health, string address, Action<ReadAheadBuffer> reopen, ILogger logger)
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromSeconds(5);
    private int _probing;

    /// <summary>An assignment ended with an error.</summary>
    public void OnPartitionError(ReadAheadBuffer buffer, Error error)
    {
        LogEnded(logger, buffer.Source, buffer.Next, error.Code, error.Reason);
        _ = Task.Run(async () =>
        {
            try
            {
                await DecideAsync(buffer, error);
            }
            catch (Exception failure)
            {
                // The question itself failed: whatever ended the assignment ends it again if it lasts.
                LogUndecided(logger, failure, buffer.Source);
                await ReopenAfterAsync(SoonAgain, buffer);
            }
        });
    }

    /// <summary>No broker has been heard of for long: makes sure, and tells the readers that wait.</summary>
    public void OnUnreachable(IReadOnlyCollection<ReadAheadBuffer> buffers)
    {
        if (Interlocked.Exchange(ref _probing, 1) == 1) return;
        _ = Task.Run(() =>
        {
            try
            {
                if (control.Answers()) health.Clear();
                else foreach (var buffer in buffers) buffer.Notice(Unreachable(buffer));
            }
            finally
            {
                Volatile.Write(ref _probing, 0);
            }
        });
    }

    /// <summary>The failure of a reader whose topic or partition was deleted.</summary>
    public static SourceException Gone(ReadAheadBuffer buffer) =>
        Ended(SourceErrorKind.UnknownTopic, buffer, "the topic or partition is not there any more. Reading ends until it is opened again");

    private async Task DecideAsync(ReadAheadBuffer buffer, Error error)
    {
        var kind = SourceErrors.KindOf(error.Code);
        switch (kind)
        {
            case SourceErrorKind.OffsetOutOfRange:
                var bounds = control.Watermarks(buffer.Source);
                if (buffer.Next < bounds.Low || buffer.Next > bounds.High) buffer.Fail(OutOfRange(buffer, bounds));
                else await ReopenAfterAsync(SoonAgain, buffer);
                break;

            case SourceErrorKind.UnknownTopic:
                // Brokers may not know a topic for a moment; and one that was made anew is judged by its offsets.
                if (Exists(buffer.Source)) await ReopenAfterAsync(SoonAgain, buffer);
                else buffer.Fail(Gone(buffer));
                break;

            case SourceErrorKind.Refused:
                buffer.Notice(Ended(kind, buffer, $"{error.Reason}. It is tried again every {LaterAgain.TotalSeconds:F0} s"));
                await ReopenAfterAsync(LaterAgain, buffer);
                break;

            default:
                buffer.Fail(Ended(kind, buffer, $"{error.Reason}. Reading ends here; nothing was skipped"));
                break;
        }
    }

    private bool Exists(Sources.TopicPartition partition)
    {
        try
        {
            return control.Describe(partition.Topic).Partitions > partition.Partition;
        }
        catch (SourceException failure) when (failure.Kind == SourceErrorKind.UnknownTopic)
        {
            return false;
        }
    }

    private async Task ReopenAfterAsync(TimeSpan delay, ReadAheadBuffer buffer)
    {
        await Task.Delay(delay);
        reopen(buffer);
    }

    private static SourceException OutOfRange(ReadAheadBuffer buffer, Watermarks bounds) => new(
        SourceErrorKind.OffsetOutOfRange,
        buffer.Next < bounds.Low
            ? $"Reading {buffer.Source} at offset {buffer.Next} failed: the broker has [{bounds.Low}, {bounds.High}), so {new OffsetRange(buffer.Next, bounds.Low)} is lost to retention or deletion. Reading ends until it is decided what to do about the loss."
            : $"Reading {buffer.Source} at offset {buffer.Next} failed: the broker has [{bounds.Low}, {bounds.High}), which ends below; the topic was truncated or made anew. Reading ends until it is decided what to do.")
    { Partition = buffer.Source };

    private static SourceException Ended(SourceErrorKind kind, ReadAheadBuffer buffer, string what) =>
        new(kind, $"Reading {buffer.Source} at offset {buffer.Next} failed: {what}.") { Partition = buffer.Source };

    /// <summary>Why a reader waits; the same words for every partition, so that status can group them.</summary>
    internal SourceException Unreachable(ReadAheadBuffer buffer) => new(
        health.IsRefused ? SourceErrorKind.Refused : SourceErrorKind.Transient,
        $"Reading waits: no broker at {address} has answered for {health.Lasting(Environment.TickCount64).TotalSeconds:F0} s ({health.Reason}). It goes on by itself.")
    { Partition = buffer.Source };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading {Partition} at offset {NextOffset} was ended by {Code}: {Reason}; the brokers are asked what became of it")]
    private static partial void LogEnded(ILogger logger, Sources.TopicPartition partition, long nextOffset, ErrorCode code, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Asking what became of {Partition} failed; it is read again where it was")]
    private static partial void LogUndecided(ILogger logger, Exception failure, Sources.TopicPartition partition);
}
