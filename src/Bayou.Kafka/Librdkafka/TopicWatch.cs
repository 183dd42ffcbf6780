using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Kafka.Librdkafka.Reading;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka;

/// <summary>
/// Finds out that a topic which is being read was deleted: librdkafka would ask for it again for ever and say nothing. A topic counts as deleted
/// when brokers deny it twice running, since for a moment one may not know it.
/// </summary>
internal sealed partial class TopicWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ControlClient _control;
    private readonly Func<IReadOnlyList<ReadAheadBuffer>> _open;
    private readonly ILogger _logger;
    private readonly HashSet<string> _suspects = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Watches the topics of the buffers that <paramref name="open"/> returns, until disposed.</summary>
    public TopicWatch(ControlClient control, Func<IReadOnlyList<ReadAheadBuffer>> open, ILogger logger)
    {
        (_control, _open, _logger) = (control, open, logger);
        _running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _running.Wait();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                foreach (var topic in _open().Where(buffer => !buffer.Ended).GroupBy(buffer => buffer.Source.Topic)) Check(topic.Key, topic);
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void Check(string topic, IEnumerable<ReadAheadBuffer> buffers)
    {
        var partitions = 0;
        try
        {
            partitions = _control.Describe(topic).Partitions;
        }
        catch (SourceException failure) when (failure.Kind == SourceErrorKind.UnknownTopic)
        {
            // Zero partitions.
        }
        catch (Exception failure)
        {
            LogUnanswered(_logger, failure, topic);
            return;
        }

        var gone = buffers.Where(buffer => buffer.Source.Partition >= partitions).ToList();
        if (gone.Count == 0) _suspects.Remove(topic);
        else if (!_suspects.Add(topic)) foreach (var buffer in gone) buffer.Fail(PartitionTroubles.Gone(buffer));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Looking whether topic {Topic} is still there failed; it is looked at again")]
    private static partial void LogUnanswered(ILogger logger, Exception failure, string topic);
}
