using System.Diagnostics;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Sources;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>
/// A Kafka client that asks questions and reads nothing. It is a consumer's handle on purpose: a producer's or administrator's may create the
/// topic that it is asked about. Safe for concurrent use; every call blocks a pool thread for at most a few seconds.
/// </summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] ConnectAttempts =
        [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)];

    private readonly ClientProperties _properties;
    private readonly ConnectionHealth _health = new();
    private readonly Lock _polling = new();
    private readonly IConsumer<Ignore, Ignore> _client;
    private string? _clusterId;

    /// <summary>A client; it begins to connect at once.</summary>
    /// <exception cref="SourceException">The properties do not go together, for example a certificate file that is not there.</exception>
    public ControlClient(ClientProperties properties, ILogger logger)
    {
        _properties = properties;
        try
        {
            _client = new ConsumerBuilder<Ignore, Ignore>(properties.ForGroup("bayou-control"))
                .SetErrorHandler((_, error) => _health.Report(error, Environment.TickCount64))
                .SetLogHandler((_, message) => ClientLog.Write(logger, message))
                .Build();
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new SourceException(SourceErrorKind.Fatal, $"Setting up a client for Kafka at {properties.Address} failed: {failure.Message} Nothing was started; correct the options.", failure);
        }

    }

    /// <summary>Waits until a broker answers, 8 s at most.</summary>
    /// <exception cref="SourceException">None did; the message says at which address, over which protocol, and what went wrong.</exception>
    public void Connect(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        foreach (var timeout in ConnectAttempts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // An unknown name costs the broker less than the list of all topics.
                Metadata(_properties.AnyTopic, timeout);
                return;
            }
            catch (KafkaException failure)
            {
                PollErrors();
                var refused = _health.IsRefused || SourceErrors.IsRefusal(failure.Error.Code);
                if (!refused && !_health.IsTroubled) continue;
                var reason = _health.IsTroubled ? _health.Reason : failure.Error.Reason;
                throw new SourceException(
                    refused ? SourceErrorKind.Refused : SourceErrorKind.Transient,
                    $"Connecting to Kafka at {_properties.Address} ({_properties.Protocol}) failed{(refused ? " at authentication or encryption" : "")}: {reason}. Nothing was started.", failure);
            }
        }

        throw new SourceException(
            SourceErrorKind.Transient,
            $"Connecting to Kafka at {_properties.Address} ({_properties.Protocol}) failed: no answer within {clock.Elapsed.TotalSeconds:F0} s. Nothing was started; check the address and the network.");
    }

    /// <summary>Learns the cluster's id, if the brokers tell it.</summary>
    public string? ClusterId()
    {
        if (_clusterId is not null) return _clusterId;
        using var client = new NativeClient(_properties.ForConnecting());
        return _clusterId = client.ClusterId(TimeSpan.FromSeconds(2));
    }

    /// <inheritdoc cref="ISource.DescribeTopicAsync"/>
    public TopicDescription Describe(string topic)
    {
        var action = $"Asking {_properties.Address} for topic {topic}";
        var found = Ask(action, null, () => Metadata(topic, AnswerTimeout)).Topics.SingleOrDefault(candidate => candidate.Topic == topic);
        if (found is null || (found.Partitions.Count == 0 && !found.Error.IsError)) throw Unknown(action, topic);
        if (SourceErrors.KindOf(found.Error.Code) == SourceErrorKind.UnknownTopic) throw Unknown(action, topic);
        if (found.Error.IsError && found.Partitions.Count == 0) throw Failure(action, null, new KafkaException(found.Error));
        return new TopicDescription { Topic = topic, Partitions = found.Partitions.Count, ClusterId = _clusterId, TopicId = TopicId(topic) };
    }

    /// <inheritdoc cref="ISource.GetWatermarksAsync"/>
    public Watermarks Watermarks(Sources.TopicPartition partition)
    {
        var found = Ask($"Asking for the bounds of {partition}", partition, () => _client.QueryWatermarkOffsets(Name(partition), AnswerTimeout));
        return new Watermarks(found.Low.Value, found.High.Value);
    }

    /// <inheritdoc cref="ISource.FindOffsetAsync"/>
    public long FindOffset(Sources.TopicPartition partition, long timestampMilliseconds)
    {
        var question = new TopicPartitionTimestamp(Name(partition), new Timestamp(timestampMilliseconds, TimestampType.CreateTime));
        var found = Ask($"Looking for the offset of time {timestampMilliseconds} in {partition}", partition, () => _client.OffsetsForTimes([question], AnswerTimeout)).Single();
        return found.Offset.Value >= 0 ? found.Offset.Value : Watermarks(partition).High;
    }

    /// <summary>True when a broker answers within 5 s.</summary>
    public bool Answers()
    {
        try
        {
            Metadata(_properties.AnyTopic, AnswerTimeout);
            return true;
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>
    /// An administrator for one question. Not kept: over a consumer's handle, Confluent.Kafka 1.9 polls for its answers without ever waiting, which costs a core.
    /// </summary>
    private IAdminClient Administrator() => new DependentAdminClientBuilder(_client.Handle).Build();

    private Metadata Metadata(string topic, TimeSpan timeout)
    {
        using var administrator = Administrator();
        return administrator.GetMetadata(topic, timeout);
    }

    private string? TopicId(string topic)
    {
        using var administrator = Administrator();
        return TopicIds.Find(administrator, topic);
    }

    private static Confluent.Kafka.TopicPartition Name(Sources.TopicPartition partition) => new(partition.Topic, partition.Partition);

    private T Ask<T>(string action, Sources.TopicPartition? partition, Func<T> question)
    {
        try
        {
            return question();
        }
        catch (KafkaException failure)
        {
            PollErrors();
            throw Failure(action, partition, failure);
        }
    }

    private SourceException Failure(string action, Sources.TopicPartition? partition, KafkaException failure)
    {
        var kind = SourceErrors.KindOf(failure.Error.Code);
        if (kind == SourceErrorKind.Transient && _health is { IsTroubled: true, IsRefused: true }) kind = SourceErrorKind.Refused;
        var why = _health.IsTroubled && failure.Error.IsLocalError ? $"{failure.Error.Reason} ({_health.Reason})" : failure.Error.Reason;
        return new SourceException(kind, $"{action} failed: {why}. Nothing was read; it may be asked again.", failure) { Partition = partition };
    }

    private SourceException Unknown(string action, string topic) =>
        new(SourceErrorKind.UnknownTopic, $"{action} failed: there is no topic '{topic}' at {_properties.Address}, or it may not be seen. It is not created by reading; create it, then start again.");

    private void PollErrors()
    {
        _health.Clear();
        lock (_polling)
            for (var i = 0; i < 100 && !_health.IsTroubled; i++)
            {
                try
                {
                    if (_client.Consume(10) is null && i > 2) return;
                }
                catch (ConsumeException failure)
                {
                    _health.Report(failure.Error, Environment.TickCount64);
                }
            }
    }
}
