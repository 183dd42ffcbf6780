using Bayou.Sources;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>
/// The consumers that serve catch-up readers. A consumer can read a partition at one place only, so each further reader of a partition gets
/// another consumer, up to a few; beyond that, readers wait until one of the partition is closed.
/// </summary>
internal sealed class CatchUpLoops(Func<int, ConsumerLoop> start) : IDisposable
{
    /// <summary>Most consumers, and so most places at which one partition is read at once.</summary>
    public const int MostConsumers = 4;

    private readonly Lock _gate = new();
    private readonly List<(ConsumerLoop Loop, Dictionary<TopicPartition, ReadAheadBuffer> Serves)> _loops = [];
    private readonly List<ReadAheadBuffer> _waiting = [];
    private bool _disposed;

    /// <summary>The consumer that serves a buffer, or null while it waits for one.</summary>
    public ConsumerLoop? LoopOf(ReadAheadBuffer buffer)
    {
        lock (_gate)
        {
            foreach (var (loop, serves) in _loops)
                if (serves.GetValueOrDefault(buffer.Source) == buffer) return loop;
            return null;
        }
    }

    /// <summary>Serves a buffer, at once or when a consumer is free for its partition.</summary>
    public void Open(ReadAheadBuffer buffer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            foreach (var (loop, serves) in _loops)
            {
                if (!serves.TryAdd(buffer.Source, buffer)) continue;
                loop.Open(buffer);
                return;
            }

            if (_loops.Count == MostConsumers)
            {
                _waiting.Add(buffer);
                return;
            }

            var added = start(_loops.Count);
            _loops.Add((added, new Dictionary<TopicPartition, ReadAheadBuffer> { [buffer.Source] = buffer }));
            added.Open(buffer);
        }
    }

    /// <summary>Stops serving a buffer; the reader of its partition that has waited longest is next.</summary>
    public void Close(ReadAheadBuffer buffer)
    {
        lock (_gate)
        {
            if (_waiting.Remove(buffer)) return;
            foreach (var (loop, serves) in _loops)
            {
                if (serves.GetValueOrDefault(buffer.Source) != buffer) continue;
                serves.Remove(buffer.Source);
                loop.Close(buffer);
                var next = _waiting.Find(waiting => waiting.Source == buffer.Source);
                if (next is null) return;
                _waiting.Remove(next);
                serves.Add(next.Source, next);
                loop.Open(next);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var (loop, _) in _loops) loop.Dispose();
            _loops.Clear();
        }
    }
}
