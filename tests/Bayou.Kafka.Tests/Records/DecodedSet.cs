using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Records;

/// <summary>Decodes a record set from beginning to end, as a reader does, and keeps what came out.</summary>
internal sealed class DecodedSet
{
    private const int Padding = 7;

    public List<ReadRecord> Records { get; } = [];

    public List<OffsetRange> Ranges { get; } = [];

    public List<int> Counts { get; } = [];

    public List<int> DataLengths { get; } = [];

    public CorruptRecordsException? Failure { get; private init; }

    public IEnumerable<(long Offset, string? Value)> Values => Records.Select(record => (record.Offset, record.Value));

    public static DecodedSet Of(
        byte[] set, long position = 0, int maxRecords = 10_000, int maxBytes = 1 << 20, IReadOnlyList<AbortedTransaction>? aborted = null, bool checkCrcs = true,
        int maxBatchBytes = 10_000_000)
    {
        var pool = new BufferPool(poison: true);
        var decoded = Decode(pool, set, position, maxRecords, maxBytes, aborted, checkCrcs, maxBatchBytes);
        Assert.Equal(0, pool.RentedBytes);
        return decoded;
    }

    public static RecordSetDecoder Open(BufferPool pool, byte[] set, IReadOnlyList<AbortedTransaction>? aborted = null, bool checkCrcs = true, int maxBatchBytes = 10_000_000)
    {
        var buffer = pool.Rent(set.Length + Padding);
        set.CopyTo(buffer.Array, Padding);
        return new RecordSetDecoder(new TopicPartition("t", 3), pool, buffer, Padding, set.Length, aborted, checkCrcs, maxBatchBytes);
    }

    private static DecodedSet Decode(
        BufferPool pool, byte[] set, long position, int maxRecords, int maxBytes, IReadOnlyList<AbortedTransaction>? aborted, bool checkCrcs, int maxBatchBytes)
    {
        CorruptRecordsException? failure = null;
        var batches = new List<MicroBatch>();
        using (var decoder = Open(pool, set, aborted, checkCrcs, maxBatchBytes))
        {
            try
            {
                while (decoder.Next(position, maxRecords, maxBytes) is { } batch)
                {
                    Assert.Equal(position, batch.Range.First);
                    Assert.True(batch.Range.Next > position);
                    position = batch.Range.Next;
                    batches.Add(batch);
                }
            }
            catch (CorruptRecordsException corrupt)
            {
                failure = corrupt;
            }
        }

        // Read only now: what was handed out must not change when decoding goes on or ends.
        var decoded = new DecodedSet { Failure = failure };
        foreach (var batch in batches)
        {
            decoded.Records.AddRange(ReadRecord.AllOf(batch));
            decoded.Ranges.Add(batch.Range);
            decoded.Counts.Add(batch.Count);
            decoded.DataLengths.Add(batch.Data.Length);
            batch.Release();
        }

        return decoded;
    }
}
