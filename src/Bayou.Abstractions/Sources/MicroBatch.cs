using Bayou.Slices;

namespace Bayou.Sources;

/// <summary>
/// Contiguous records of one partition, <c>[First, Next)</c>, whose payloads are read in place. It may hold no record
/// at all and still move <see cref="Next"/>: transaction markers and compaction leave gaps.
/// </summary>
/// <remarks>
/// The data has one owner, the partition that reads; whoever is called with the batch uses it during that call only.
/// </remarks>
[GenerateSerializer, Immutable, Alias("bayou.MicroBatch")]
public sealed class MicroBatch
{
    [NonSerialized] private readonly PooledBuffer? _buffer;
    [NonSerialized] private readonly PooledBuffer? _entriesBuffer;

    /// <summary>For serializers.</summary>
    public MicroBatch() { }

    /// <summary>
    /// A batch over <paramref name="data"/>; <paramref name="buffer"/> and <paramref name="entriesBuffer"/>, which hold the data and the entries where they are not
    /// in one, are returned on <see cref="Release"/>.
    /// </summary>
    public MicroBatch(
        TopicPartition source, OffsetRange range, ReadOnlyMemory<RecordEntry> entries, ReadOnlyMemory<byte> data, PooledBuffer? buffer = null,
        PooledBuffer? entriesBuffer = null)
    {
        (Source, Range, Entries, Data, _buffer, _entriesBuffer) = (source, range, entries, data, buffer, entriesBuffer);
    }

    /// <summary>The partition.</summary>
    [Id(0)] public TopicPartition Source { get; init; }

    /// <summary>The offsets covered: from the position asked for up to where reading resumes.</summary>
    [Id(1)] public OffsetRange Range { get; init; }

    /// <summary>The records, in offset order.</summary>
    [Id(2)] public ReadOnlyMemory<RecordEntry> Entries { get; init; }

    /// <summary>The bytes that <see cref="Entries"/> points into.</summary>
    [Id(3)] public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Number of records.</summary>
    public int Count => Entries.Length;

    /// <summary>The record at <paramref name="index"/>, its parts as spans over the batch.</summary>
    public RecordView this[int index] => new(Entries.Span[index], Data.Span);

    /// <summary>Gives the buffers back. Call it once, and only when nobody can be reading any more.</summary>
    public void Release()
    {
        _buffer?.Return();
        _entriesBuffer?.Return();
    }
}
