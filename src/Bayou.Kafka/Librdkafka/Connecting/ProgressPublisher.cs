using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>Commits offsets to consumer groups without joining them, so that outside tools can show lag. Best effort; one commit per group at a time.</summary>
internal sealed partial class ProgressPublisher(ClientProperties properties, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IConsumer<Ignore, Ignore>> _clients = [];
    private readonly HashSet<string> _busy = [];
    private bool _disposed;

    /// <summary>Commits; does nothing while an earlier commit of the group is on its way.</summary>
    public void Publish(string group, IReadOnlyDictionary<Sources.TopicPartition, long> nextOffsets)
    {
        IConsumer<Ignore, Ignore>? client;
        lock (_gate)
        {
            if (_disposed || nextOffsets.Count == 0 || !_busy.Add(group)) return;
            if (!_clients.TryGetValue(group, out client)) _clients[group] = client = Create(group);
        }

        try
        {
            client.Commit(nextOffsets.Select(next =>
                new TopicPartitionOffset(next.Key.Topic, next.Key.Partition, next.Value)));
        }
        catch (KafkaException failure)
        {
            LogRefused(logger, group, failure.Error.Reason);
        }
        finally
        {
            lock (_gate)
            {
                _busy.Remove(group);
                if (_disposed) client.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            foreach (var (group, client) in _clients)
                if (!_busy.Contains(group)) client.Dispose();
        }
    }

    private IConsumer<Ignore, Ignore> Create(string group) =>
        new ConsumerBuilder<Ignore, Ignore>(properties.ForGroup(group))
            .SetErrorHandler((_, error) => LogRefused(logger, group, error.Reason))
            .SetLogHandler((_, message) => ClientLog.Write(logger, message))
            .Build();

    [LoggerMessage(Level = LogLevel.Debug, Message = "Publishing progress to consumer group {Group} failed: {Reason}; only outside tools miss it")]
    private static partial void LogRefused(ILogger logger, string group, string reason);
}
