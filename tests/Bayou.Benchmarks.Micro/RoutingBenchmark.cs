using Bayou.Benchmarks.Micro.Events;
using Bayou.Grains.Routing;
using Bayou.Slices;
using Bayou.Sources;
using BenchmarkDotNet.Attributes;

namespace Bayou.Benchmarks.Micro;

/// <summary>A micro-batch becomes slices of ten tables: a record.</summary>
[MemoryDiagnoser]
public class RoutingBenchmark
{
    private readonly MicroBatch _batch = SampleEvents.Batch();
    private readonly RowShredder _shredder;
    private readonly EventRouter _router;
    private readonly bool[] _wanted;

    public RoutingBenchmark()
    {
        var plan = RoutingPlan.Compile(SampleEvents.Definition(), 1);
        (_shredder, _router, _wanted) = (new RowShredder(plan), new EventRouter(plan), new bool[plan.Targets.Count]);
        _wanted.AsSpan().Fill(true);
    }

    /// <summary>Scans each event and chooses its table.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = SampleEvents.Count)]
    public int Route()
    {
        var targets = 0;
        for (var i = 0; i < _batch.Count; i++) targets += _router.Route(_batch[i]).Length;
        return targets;
    }

    /// <summary>The same, and writes the values into columns.</summary>
    [Benchmark(OperationsPerInvoke = SampleEvents.Count)]
    public int Shred() => _shredder.Shred(_batch, 0, long.MaxValue, _wanted, 4 << 20).Records;

    /// <summary>The same, and puts the columns together as slices.</summary>
    [Benchmark(OperationsPerInvoke = SampleEvents.Count)]
    public int ShredToSlices()
    {
        var result = _shredder.Shred(_batch, 0, long.MaxValue, _wanted, 4 << 20);
        for (var target = 0; target < _wanted.Length; target++)
            _shredder.BuildSlice(target, _batch.Source, 1, 0, result.Next, BufferPool.Shared)?.ReleaseOnce();
        return result.Records;
    }
}
