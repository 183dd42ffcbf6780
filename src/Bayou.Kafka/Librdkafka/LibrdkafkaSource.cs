using Bayou.Definitions;
using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Kafka.Librdkafka.Reading;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka;

/// <summary>One Kafka cluster, read with one set of options: a consumer for live readers, up to a few for those that catch up, one client that asks.</summary>
internal sealed class LibrdkafkaSource : ISource
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TopicPartition, ReadAheadBuffer> _live = [];
    private readonly HashSet<ReadAheadBuffer> _open = [];
    private readonly HashSet<string> _topics;
    private readonly ClientProperties _properties;
    private readonly ReadAheadBounds _bounds;
    private readonly ControlClient _control;
    private readonly ProgressPublisher _publisher;
    private readonly ConnectionHealth _health = new();
    private readonly PartitionTroubles _troubles;
    private readonly CatchUpLoops _catchUp;
    private readonly TopicWatch _watch;
    private readonly BufferPool _pool;
    private readonly ILogger _logger;
    private ConsumerLoop? _liveLoop;
    private bool _disposed;

    /// <summary>A source over a control client that has connected; it is disposed with the source.</summary>
    public LibrdkafkaSource(SourceDefinition definition, ClientProperties properties, ControlClient control, BufferPool pool, ILogger logger)
    {
        (_properties, _control, _pool, _logger) = (properties, control, pool, logger);
        _topics = [.. definition.Topics];
        _bounds = OptionRules.Bounds(definition);
        _publisher = new ProgressPublisher(properties, logger);
        _troubles = new PartitionTroubles(control, _health, properties.Address, Reopen, logger);
        var share = _bounds with { TotalBytes = _bounds.TotalBytes / CatchUpLoops.MostConsumers / 4 };
        _catchUp = new CatchUpLoops(number => Start($"kafka catch-up {number}", ReaderRole.CatchUp, share));
        _watch = new TopicWatch(control, OpenBuffers, logger);
    }

    /// <inheritdoc/>
    public Task<TopicDescription> DescribeTopicAsync(string topic, CancellationToken cancellationToken) =>
        Ask(() => _control.Describe(topic), cancellationToken);

    /// <inheritdoc/>
    public Task<Watermarks> GetWatermarksAsync(TopicPartition partition, CancellationToken cancellationToken) =>
        Ask(() => _control.Watermarks(partition), cancellationToken);

    /// <inheritdoc/>
    public Task<long> FindOffsetAsync(TopicPartition partition, long timestampMilliseconds, CancellationToken cancellationToken) =>
        Ask(() => _control.FindOffset(partition, timestampMilliseconds), cancellationToken);

    /// <inheritdoc/>
    public IPartitionReader OpenReader(TopicPartition partition, long nextOffset, ReaderRole role, int leaderEpoch = -1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nextOffset);
        if (!_topics.Contains(partition.Topic))
            throw new SourceException(SourceErrorKind.Fatal, $"Opening a reader on {partition} failed: the source at {_properties.Address} was opened for {string.Join(", ", _topics)} only. Nothing is read.") { Partition = partition };
        var buffer = new ReadAheadBuffer(partition, nextOffset, _pool);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _open.Add(buffer);
            if (role == ReaderRole.CatchUp)
            {
                _catchUp.Open(buffer);
            }
            else
            {
                if (_live.Remove(partition, out var older)) older.Fail(TakenOver(partition, nextOffset), dropBuffered: true);
                _live.Add(partition, buffer);
                _liveLoop ??= Start("kafka live", ReaderRole.Live, _bounds);
                _liveLoop.Open(buffer);
            }
        }

        return new LibrdkafkaReader(buffer, this);
    }

    /// <inheritdoc/>
    public Task PublishProgressAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken) =>
        Task.Run(() => _publisher.Publish(group, nextOffsets), cancellationToken);

    /// <summary>The bounds of a buffer's partition as last heard of, or null.</summary>
    public Watermarks? CachedWatermarks(ReadAheadBuffer buffer)
    {
        lock (_gate)
        {
            if (_disposed || LoopOf(buffer) is not { } loop) return null;
            var heard = loop.CachedWatermarks(buffer.Source);
            if (heard.Low.Value < 0 || heard.High.Value < 0) return null;
            var end = buffer.End;
            return new Watermarks(heard.Low.Value, end >= 0 && _properties.IsReadCommitted ? end : heard.High.Value);
        }
    }

    /// <summary>Ends a reader.</summary>
    public void Close(ReadAheadBuffer buffer)
    {
        lock (_gate)
        {
            if (_open.Remove(buffer) && !_disposed)
            {
                if (_live.GetValueOrDefault(buffer.Source) == buffer) _live.Remove(buffer.Source);
                _liveLoop?.Close(buffer);
                _catchUp.Close(buffer);
            }
        }

        buffer.Close();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        foreach (var buffer in OpenBuffers())
            buffer.Fail(new SourceException(SourceErrorKind.Transient, $"Reading {buffer.Source} at offset {buffer.Next} ended: the source was closed here. Open it again to go on.") { Partition = buffer.Source }, dropBuffered: true);
        await Task.Run(() =>
        {
            _watch.Dispose();
            _liveLoop?.Dispose();
            _catchUp.Dispose();
            _publisher.Dispose();
            _control.Dispose();
        });
    }

    private ConsumerLoop Start(string name, ReaderRole role, ReadAheadBounds bounds) =>
        new(name, _properties.ForReading(role), _properties.OnlyTopic, bounds, _health, _troubles.OnPartitionError, _troubles.OnUnreachable, _logger);

    private IReadOnlyList<ReadAheadBuffer> OpenBuffers()
    {
        lock (_gate) return [.. _open];
    }

    private void Reopen(ReadAheadBuffer buffer)
    {
        lock (_gate)
            if (!_disposed && _open.Contains(buffer) && !buffer.Ended) LoopOf(buffer)?.Open(buffer);
    }

    private ConsumerLoop? LoopOf(ReadAheadBuffer buffer) =>
        _live.GetValueOrDefault(buffer.Source) == buffer ? _liveLoop : _catchUp.LoopOf(buffer);

    private static SourceException TakenOver(TopicPartition partition, long nextOffset) => new(
        SourceErrorKind.TakenOver,
        $"Reading {partition} ended: another reader took the partition over at offset {nextOffset}. This reader must be closed; nothing was lost.") { Partition = partition };

    private async Task<T> Ask<T>(Func<T> question, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return await Task.Run(question, cancellationToken).WaitAsync(cancellationToken);
    }
}
