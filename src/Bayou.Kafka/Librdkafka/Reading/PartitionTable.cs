using Bayou.Sources;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>The assignments of one consumer, found by topic and partition. Used by one thread.</summary>
internal sealed class PartitionTable
{
    private readonly Dictionary<TopicPartition, ReadAheadBuffer> _buffers = [];
    private readonly string? _onlyTopic;
    private ReadAheadBuffer? _last;

    /// <summary>A table; with <paramref name="onlyTopic"/>, records come without their topic's name and are of that one.</summary>
    public PartitionTable(string? onlyTopic) => _onlyTopic = onlyTopic;

    /// <summary>All assignments.</summary>
    public IReadOnlyDictionary<TopicPartition, ReadAheadBuffer> All => _buffers;

    /// <summary>The assignment of a partition, or null.</summary>
    public ReadAheadBuffer? Find(string? topic, int partition)
    {
        topic ??= _onlyTopic;
        if (_last is { } last && last.Source.Partition == partition && last.Source.Topic == topic) return last;
        if (topic is null || !_buffers.TryGetValue(new TopicPartition(topic, partition), out var buffer)) return null;
        return _last = buffer;
    }

    /// <summary>Makes a buffer its partition's assignment; returns the one before, if any.</summary>
    public ReadAheadBuffer? Put(ReadAheadBuffer buffer)
    {
        _last = null;
        _buffers.Remove(buffer.Source, out var before);
        _buffers.Add(buffer.Source, buffer);
        return before;
    }

    /// <summary>Removes a buffer if it still is its partition's assignment.</summary>
    public bool Remove(ReadAheadBuffer buffer)
    {
        if (!_buffers.TryGetValue(buffer.Source, out var current) || current != buffer) return false;
        _last = null;
        return _buffers.Remove(buffer.Source);
    }
}
