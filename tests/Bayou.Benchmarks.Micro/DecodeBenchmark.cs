using Bayou.Benchmarks.Micro.Events;
using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;
using BenchmarkDotNet.Attributes;

namespace Bayou.Benchmarks.Micro;

/// <summary>A fetched record set becomes micro-batches: a record.</summary>
[MemoryDiagnoser]
public class DecodeBenchmark
{
    private readonly byte[] _set = RecordSet.Encode(SampleEvents.Values());

    /// <summary>With the checksum.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = SampleEvents.Count)]
    public int Decode() => Run(checkCrcs: true);

    /// <summary>Without: the difference is what the checksum costs.</summary>
    [Benchmark(OperationsPerInvoke = SampleEvents.Count)]
    public int DecodeUnchecked() => Run(checkCrcs: false);

    private int Run(bool checkCrcs)
    {
        var buffer = BufferPool.Shared.Rent(_set.Length);
        _set.CopyTo(buffer.Array, 0);
        using var decoder = new RecordSetDecoder(new TopicPartition("events", 0), BufferPool.Shared, buffer, 0, _set.Length, null, checkCrcs, 10 << 20);
        var records = 0;
        while (decoder.Next(records, 10_000, 1 << 20) is { } batch)
        {
            records += batch.Count;
            batch.Release();
        }

        return records == SampleEvents.Count ? records : throw new InvalidOperationException($"{records} records were decoded of {SampleEvents.Count}.");
    }
}
