using System.Runtime.InteropServices;
using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>
/// Records of one partition in one pooled buffer: entries at its start, their bytes behind. One owner at a time: first whoever appends,
/// then whoever reads.
/// </summary>
internal sealed class RecordBlock
{
    /// <summary>Bytes of one entry.</summary>
    public static readonly int EntrySize = EntryMemory.EntrySize;

    private readonly PooledBuffer _buffer;
    private readonly byte[] _array;
    private readonly int _dataStart;
    private readonly int _maxRecords;
    private int _dataEnd;

    /// <summary>A block with room for <paramref name="maxRecords"/> records of <paramref name="maxDataBytes"/> bytes together.</summary>
    public RecordBlock(BufferPool pool, int maxRecords, int maxDataBytes)
    {
        _maxRecords = maxRecords;
        _dataStart = maxRecords * EntrySize;
        _buffer = pool.Rent(_dataStart + maxDataBytes);
        _array = _buffer.Array;
        _dataEnd = _dataStart;
    }

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held, used or not.</summary>
    public int CapacityBytes => _array.Length;

    /// <summary>Bytes of data in the records.</summary>
    public int DataBytes => _dataEnd - _dataStart;

    /// <summary>The records' places, relative to <see cref="Data"/>.</summary>
    public Span<RecordEntry> Entries => MemoryMarshal.Cast<byte, RecordEntry>(_array.AsSpan(0, Count * EntrySize));

    /// <summary>The records' bytes.</summary>
    public ReadOnlyMemory<byte> Data => _array.AsMemory(_dataStart, DataBytes);

    /// <summary>Adds a record whose parts lie one after another in <paramref name="bytes"/> as <paramref name="entry"/> says; false when there is no room.</summary>
    public bool TryAppend(in RecordEntry entry, ReadOnlySpan<byte> bytes)
    {
        if (Count == _maxRecords || bytes.Length > _array.Length - _dataEnd) return false;
        var shift = DataBytes;
        bytes.CopyTo(_array.AsSpan(_dataEnd));
        _dataEnd += bytes.Length;
        Count++;
        Entries[Count - 1] = Shifted(entry, shift);
        return true;
    }

    /// <summary>Where the first byte of a record lies in <see cref="Data"/>.</summary>
    public int StartOf(int record) => Entries[record].KeyStart;

    /// <summary>Where a record's bytes end in <see cref="Data"/>.</summary>
    public int EndOf(int record) => record + 1 < Count ? Entries[record + 1].KeyStart : DataBytes;

    /// <summary>Adds the records <c>[first, end)</c> of another block, for which there must be room.</summary>
    public void AppendRange(RecordBlock other, int first, int end)
    {
        var from = other.StartOf(first);
        var bytes = other.Data.Span[from..other.EndOf(end - 1)];
        var shift = DataBytes - from;
        bytes.CopyTo(_array.AsSpan(_dataEnd));
        _dataEnd += bytes.Length;
        var at = Count;
        Count += end - first;
        var entries = Entries;
        foreach (ref readonly var entry in other.Entries[first..end]) entries[at++] = Shifted(entry, shift);
    }

    /// <summary>Makes the whole block a micro-batch, which then owns the buffer.</summary>
    public MicroBatch ToBatch(TopicPartition source, OffsetRange range) =>
        new(source, range, new EntryMemory(_array, Count).Memory, Data, _buffer);

    /// <summary>Gives the buffer back.</summary>
    public void Release() => _buffer.Return();

    private static RecordEntry Shifted(in RecordEntry entry, int by) => entry with
    {
        KeyStart = entry.KeyStart + by, ValueStart = entry.ValueStart + by, HeadersStart = entry.HeadersStart + by,
    };
}
