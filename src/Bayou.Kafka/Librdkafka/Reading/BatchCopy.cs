using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>Copies parts of several blocks together into one micro-batch of bounded size.</summary>
internal sealed class BatchCopy
{
    private readonly RecordBlock _target;
    private readonly int _maxRecords;
    private readonly int _maxBytes;

    /// <summary>A copy within the given bounds; <paramref name="availableRecords"/> and <paramref name="availableBytes"/> are what there is at most to copy.</summary>
    public BatchCopy(BufferPool pool, int maxRecords, int maxBytes, int firstRecordBytes, long availableRecords, long availableBytes)
    {
        _maxRecords = (int)Math.Min(maxRecords, availableRecords);
        _maxBytes = (int)Math.Min(maxBytes, availableBytes);
        _target = new RecordBlock(pool, _maxRecords, Math.Max(_maxBytes, firstRecordBytes));
    }

    /// <summary>Offset of the last record that was added.</summary>
    public long LastOffset { get; private set; }

    /// <summary>False when the bound on records or bytes is reached.</summary>
    public bool HasRoom => _target.Count < _maxRecords && _target.DataBytes < _maxBytes;

    /// <summary>Adds records of a block from <paramref name="first"/> on as far as the bounds allow, the batch's first record always. Returns the first one not added.</summary>
    public int Add(RecordBlock block, int first)
    {
        var end = first;
        var start = block.StartOf(first);
        while (end < block.Count && _target.Count + end - first < _maxRecords)
        {
            var upTo = block.EndOf(end) - start;
            if (_target.DataBytes + upTo > _maxBytes && _target.Count + end > first) break;
            end++;
        }

        if (end == first) return first;
        _target.AppendRange(block, first, end);
        LastOffset = block.Entries[end - 1].Offset;
        return end;
    }

    /// <summary>The batch, in a buffer of its own.</summary>
    public MicroBatch ToBatch(TopicPartition source, OffsetRange range) => _target.ToBatch(source, range);
}
