using System.Buffers.Binary;
using Bayou.Kafka.Records;
using Bayou.Kafka.Tests.Records.Compression;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Records;

/// <summary>
/// Record sets that were damaged in all kinds of ways. <c>BAYOU_FUZZ</c> is how many, default 1,000; <c>BAYOU_SEED</c> is where to begin, so that a failure,
/// which tells its seed, can be seen again with <c>BAYOU_FUZZ=1</c>.
/// </summary>
public sealed class RecordSetFuzzTests
{
    private const int MaxBatchBytes = 64 * 1024;
    private const int MostRentedBytes = 2 << 20;

    private static readonly int Inputs = Setting("BAYOU_FUZZ", 1000);
    private static readonly int FirstSeed = Setting("BAYOU_SEED", 1);

    [Fact]
    public void Next_of_undamaged_sets_in_any_portions_returns_every_record()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Inputs; seed++)
        {
            var set = new RandomSet(seed);
            var seen = Decode(set.Bytes, set.Aborted, new Random(seed), checkCrcs: true);

            Assert.True(seen is { Failure: null } && set.Expected.SequenceEqual(seen.Values) && seen.Next == set.Next, $"Seed {seed}: {seen.Failure?.Message ?? "other records"}.");
        }
    }

    [Fact]
    public void Next_of_damaged_bytes_fails_in_one_way_only()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Inputs; seed++)
        {
            var set = new RandomSet(seed);
            var random = new Random(seed);
            var damaged = Damage.To(set.Bytes, random);

            Run(seed, () => Decode(damaged, random.Next(4) == 0 ? null : set.Aborted, random, checkCrcs: random.Next(3) == 0));
        }
    }

    [Fact]
    public void Next_of_damaged_records_under_right_checksums_fails_in_one_way_only()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Inputs; seed++)
        {
            var random = new Random(seed);
            var batch = new EncodedBatch(0) { Compression = (RecordCompression)random.Next(Encoders.HasZstd ? 5 : 4) }
                .AddMany(random.Next(1, 40), i => new string((char)('a' + i % 26), random.Next(300))).ToArray();
            var damaged = Damage.To(batch[RecordBatchHeader.Size..], random);
            byte[] set = [.. batch[..RecordBatchHeader.Size], .. damaged];
            BinaryPrimitives.WriteInt32BigEndian(set.AsSpan(8), set.Length - 12);
            if (random.Next(4) == 0) BinaryPrimitives.WriteInt32BigEndian(set.AsSpan(57), Damage.HostileNumber(random));
            if (random.Next(4) == 0) set[22] = (byte)random.Next(8);
            EncodedBatch.Seal(set);

            Run(seed, () => Decode(set, null, random, checkCrcs: true));
        }
    }

    [Fact]
    public void Through_damaged_bytes_never_fails()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Inputs; seed++)
        {
            var damaged = Damage.To(new RandomSet(seed).Bytes, new Random(seed));

            Run(seed, () => Assert.InRange(RecordSetWalk.Through(damaged, MaxBatchBytes).WholeBytes, 0, damaged.Length));
        }
    }

    private static void Run(int seed, Action action)
    {
        var failure = Record.Exception(action);
        Assert.True(failure is null, $"Seed {seed}: {failure}");
    }

    // What is handed out is kept for a while and read twice: nothing may write to it meanwhile.
    private static SeenSet Decode(byte[] set, IReadOnlyList<AbortedTransaction>? aborted, Random random, bool checkCrcs)
    {
        var pool = new BufferPool(poison: true);
        var seen = new SeenSet();
        var kept = new Queue<(MicroBatch Batch, List<ReadRecord> Records)>();
        using (var decoder = DecodedSet.Open(pool, set, aborted, checkCrcs, MaxBatchBytes))
        {
            try
            {
                while (decoder.Next(seen.Next, random.Next(1, 50), random.Next(1, 20_000)) is { } batch)
                {
                    Assert.True(batch.Range.First == seen.Next && batch.Range.Next > seen.Next && pool.RentedBytes <= MostRentedBytes);
                    seen.Next = batch.Range.Next;
                    kept.Enqueue((batch, [.. ReadRecord.AllOf(batch)]));
                    if (kept.Count > 3) Release(kept.Dequeue(), seen);
                }
            }
            catch (CorruptRecordsException corrupt)
            {
                seen.Failure = corrupt;
            }

            Assert.True(pool.RentedBytes <= MostRentedBytes);
        }

        while (kept.TryDequeue(out var last)) Release(last, seen);
        Assert.Equal(0, pool.RentedBytes);
        return seen;
    }

    private static void Release((MicroBatch Batch, List<ReadRecord> Records) kept, SeenSet seen)
    {
        Assert.Equal(kept.Records, ReadRecord.AllOf(kept.Batch));
        Assert.All(kept.Records, record => Assert.True(record.Offset >= kept.Batch.Range.First && record.Offset < kept.Batch.Range.Next));
        seen.Values.AddRange(kept.Records.Select(record => (record.Offset, record.Value)));
        kept.Batch.Release();
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;

    private sealed class SeenSet
    {
        public long Next { get; set; }

        public CorruptRecordsException? Failure { get; set; }

        public List<(long Offset, string? Value)> Values { get; } = [];
    }
}
