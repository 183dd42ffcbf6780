using System.Text;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Sources;
using Confluent.Kafka;

namespace Bayou.Kafka.Tools;

/// <summary>
/// Writes records fast, for load generators and demos. Records are queued and sent in the background; when the queue is full, producing waits.
/// Failed deliveries are counted, not thrown. Safe for concurrent use.
/// </summary>
public sealed class RecordProducer : IDisposable
{
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["linger.ms"] = "20",
        ["batch.size"] = "1000000",
        ["queue.buffering.max.messages"] = "500000",
        ["queue.buffering.max.kbytes"] = "131072",
        ["enable.idempotence"] = "true",
        ["dotnet.producer.delivery.report.fields"] = "none",
    };

    private readonly IProducer<byte[]?, byte[]?> _client;
    private readonly Action<DeliveryReport<byte[]?, byte[]?>> _onDelivery;
    private readonly string _address;
    private readonly AutoResetEvent _room = new(false);
    private long _queued;
    private long _delivered;
    private long _failed;
    private string? _firstError;

    /// <summary>A producer with the given librdkafka properties over defaults for throughput (idempotent, 20 ms linger, 128 MiB queue).</summary>
    public RecordProducer(IReadOnlyDictionary<string, string> properties)
    {
        LibrdkafkaLoader.Load();
        _address = properties.GetValueOrDefault("bootstrap.servers") ?? "";
        var all = new Dictionary<string, string>(Defaults);
        foreach (var (name, value) in properties) all[name] = value;
        _client = new ProducerBuilder<byte[]?, byte[]?>(all).SetLogHandler((_, _) => { }).SetErrorHandler((_, error) => _firstError ??= error.Reason).Build();
        _onDelivery = Count;
    }

    /// <summary>Records that the brokers have confirmed.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Records that were given up.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Records not yet confirmed nor given up.</summary>
    public long InFlight => Interlocked.Read(ref _queued) - Delivered - Failed;

    /// <summary>The first thing that went wrong, or null.</summary>
    public string? FirstError => _firstError;

    /// <summary>
    /// Queues a record; waits while the queue is full. The arrays may be reused on return.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition, or -1 to choose it by the key.</param>
    /// <param name="key">The key; may be null.</param>
    /// <param name="value">The value; null for a tombstone.</param>
    /// <param name="timestampMilliseconds">Milliseconds since 1970-01-01T00:00:00Z; null for now.</param>
    /// <param name="headers">Headers in order; a null value stays null.</param>
    public void Produce(string topic, int partition, byte[]? key, byte[]? value, long? timestampMilliseconds = null, IReadOnlyList<KeyValuePair<string, byte[]?>>? headers = null)
    {
        var message = new Message<byte[]?, byte[]?> { Key = key, Value = value };
        if (timestampMilliseconds is { } time) message.Timestamp = new Timestamp(time, TimestampType.CreateTime);
        if (headers is not null)
        {
            message.Headers = [];
            foreach (var (name, content) in headers) message.Headers.Add(name, content);
        }

        var target = new Confluent.Kafka.TopicPartition(topic, partition < 0 ? Partition.Any : new Partition(partition));
        Interlocked.Increment(ref _queued);
        while (true)
        {
            try
            {
                _client.Produce(target, message, _onDelivery);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> failure) when (failure.Error.Code == ErrorCode.Local_QueueFull)
            {
                _room.WaitOne(5);
            }
            catch (ProduceException<byte[]?, byte[]?> failure)
            {
                _firstError ??= failure.Error.Reason;
                Interlocked.Increment(ref _failed);
                return;
            }
        }
    }

    /// <summary>Queues a record of text.</summary>
    public void Produce(string topic, int partition, string? key, string? value) =>
        Produce(topic, partition, key is null ? null : Encoding.UTF8.GetBytes(key), value is null ? null : Encoding.UTF8.GetBytes(value));

    /// <summary>Waits until nothing is in flight.</summary>
    /// <exception cref="SourceException">Records were given up, or are still in flight after <paramref name="timeout"/>; how many, and the first reason.</exception>
    public void Flush(TimeSpan timeout)
    {
        var left = _client.Flush(timeout);
        if (left == 0 && Failed == 0) return;
        throw new SourceException(SourceErrorKind.Transient, $"Producing to {_address} failed for {Failed} records and {left} are not confirmed after {timeout.TotalSeconds:F0} s: {_firstError ?? "no reason is known"}. {Delivered} were delivered.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _room.Dispose();
    }

    private void Count(DeliveryReport<byte[]?, byte[]?> report)
    {
        if (!report.Error.IsError) Interlocked.Increment(ref _delivered);
        else
        {
            _firstError ??= report.Error.Reason;
            Interlocked.Increment(ref _failed);
        }

        _room.Set();
    }
}
