using Bayou.Slices;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>How large the next block of a partition is: busy partitions get large ones, the thousand idle ones little.</summary>
internal sealed class BlockSizing
{
    private const int SmallestBytes = 16 * 1024;
    private const int LargestBytes = 512 * 1024;

    // With entries of 40 bytes this leaves 160 bytes a record for its data.
    private const int BytesPerRecord = 200;

    private int _bytes = SmallestBytes;

    /// <summary>A block that holds at least one record of <paramref name="recordBytes"/> bytes.</summary>
    public RecordBlock Rent(BufferPool pool, int recordBytes)
    {
        var records = _bytes / BytesPerRecord;
        var data = _bytes - records * RecordBlock.EntrySize;
        return recordBytes <= data ? new RecordBlock(pool, records, data) : new RecordBlock(pool, 1, recordBytes);
    }

    /// <summary>A block was filled up before anybody took it.</summary>
    public void Filled() => _bytes = Math.Min(_bytes * 2, LargestBytes);

    /// <summary>A block was taken before it was full.</summary>
    public void TakenEarly(RecordBlock block)
    {
        if (block.DataBytes < _bytes / 8) _bytes = Math.Max(_bytes / 2, SmallestBytes);
    }

    /// <summary>True for a block so small that copying it together with others is cheaper than handing it on alone.</summary>
    public static bool IsSmall(RecordBlock block) => block.DataBytes < LargestBytes / 4;
}
