using Bayou.Kafka.Tools;
using Bayou.Load;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>Produces mixed events to a topic, one in fifty of them bad: a given number at once, or all the time until stopped.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private const int BatchEvents = 200;
    private static readonly TimeSpan BatchEvery = TimeSpan.FromMilliseconds(50);

    private readonly EventGenerator _generator = new(new LoadOptions { BadShare = 0.02, Users = 1000 });
    private readonly CancellationTokenSource _stopping = new();
    private readonly RecordProducer _producer;
    private readonly string _topic;
    private readonly int _partitions;
    private Task _running = Task.CompletedTask;

    public EventStream(string address, string topic, int partitions)
    {
        (_topic, _partitions) = (topic, partitions);
        _producer = new RecordProducer(new Dictionary<string, string> { ["bootstrap.servers"] = address });
    }

    /// <summary>Events produced so far; delivered, once <see cref="Produce"/> or <see cref="StopAsync"/> has returned.</summary>
    public long Count { get; private set; }

    /// <summary>Produces events and waits until they are delivered.</summary>
    public void Produce(int events)
    {
        Send(events);
        _producer.Flush(Deadline.Limit);
    }

    /// <summary>Produces 4,000 events a second until stopped.</summary>
    public void Start() => _running = Task.Run(async () =>
    {
        using var timer = new PeriodicTimer(BatchEvery);
        while (!_stopping.IsCancellationRequested)
        {
            Send(BatchEvents);
            await timer.WaitForNextTickAsync();
        }
    });

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _producer.Flush(Deadline.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _producer.Dispose();
    }

    private void Send(int events)
    {
        var (key, value) = (new byte[EventGenerator.MaxKeyBytes], new byte[_generator.MaxValueBytes]);
        for (var end = Count + events; Count < end; Count++)
        {
            var (keyLength, valueLength) = (_generator.WriteKey(Count, key), _generator.WriteValue(Count, value));
            _producer.Produce(_topic, (int)(Count % _partitions), key[..keyLength], value[..valueLength]);
        }
    }
}
