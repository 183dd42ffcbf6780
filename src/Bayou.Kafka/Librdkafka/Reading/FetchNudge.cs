using Bayou.Kafka.Librdkafka.Native;
using Confluent.Kafka;
using Client = Confluent.Kafka.IConsumer<Bayou.Kafka.Librdkafka.Reading.StagedPart, Bayou.Kafka.Librdkafka.Reading.StagedPart>;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>
/// Keeps librdkafka before 2.2 fetching. Its broker threads stop when the local queue is full and look at it again only after a second, or
/// when an answer comes in, however soon the queue is empty. So while records flow, something small is asked of the leaders, in turn.
/// </summary>
internal sealed class FetchNudge : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    private readonly Client _client;
    private readonly Timer _timer;
    private readonly Lock _asking = new();
    private volatile ReadAheadBuffer? _last;
    private bool _disposed;

    private FetchNudge(Client client)
    {
        _client = client;
        _timer = new Timer(_ => Ask(), null, Interval, Interval);
    }

    /// <summary>A nudge for a consumer, or null when the installed librdkafka needs none.</summary>
    public static FetchNudge? For(Client client) =>
        LibrdkafkaLoader.Version < LibrdkafkaLoader.KnowsFetchQueueBackoff ? new FetchNudge(client) : null;

    /// <summary>Records of a partition are being handed on. Called by the polling thread.</summary>
    public void Flowing(ReadAheadBuffer buffer) => _last = buffer;

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_asking) _disposed = true;
    }

    private void Ask()
    {
        if (_last is not { } last || !_asking.TryEnter()) return;
        try
        {
            if (_disposed) return;
            _last = null;
            _client.QueryWatermarkOffsets(new Confluent.Kafka.TopicPartition(last.Source.Topic, last.Source.Partition), AnswerTimeout);
        }
        catch (KafkaException)
        {
            // Its answer does not matter.
        }
        finally
        {
            _asking.Exit();
        }
    }
}
