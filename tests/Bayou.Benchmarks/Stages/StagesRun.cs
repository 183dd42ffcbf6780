using System.Globalization;
using Bayou.Benchmarks.Measuring;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using Bayou.Sinks;
using Bayou.Sinks.Delta;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Benchmarks.Stages;

/// <summary>One round: all batches through shredding, slices and one commit of each table.</summary>
internal sealed class StagesRun(PipelineDefinition definition, string folder)
{
    private readonly RowShredder _shredder = new(RoutingPlan.Compile(definition, 1));
    private readonly List<(int Target, Slice Slice)> _slices = [];
    private double _shred, _slice, _commit;
    private long _records, _allocated;

    /// <summary>Runs all stages once.</summary>
    public async Task RunAsync(IReadOnlyList<MicroBatch> batches)
    {
        var wanted = new bool[_shredder.Plan.Targets.Count];
        wanted.AsSpan().Fill(true);
        var meter = new ProcessMeter();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var batch in batches)
        {
            var shredded = _shredder.Shred(batch, 0, long.MaxValue, wanted, 4 << 20);
            _records += shredded.Records;
            var middle = Environment.CpuUsage.TotalTime;
            for (var target = 0; target < wanted.Length; target++)
                if (_shredder.BuildSlice(target, batch.Source, 1, batch.Range.First, shredded.Next, BufferPool.Shared) is { } slice) _slices.Add((target, slice));
            var after = Environment.CpuUsage.TotalTime;
            _shred += (middle - before).TotalNanoseconds;
            _slice += (after - middle).TotalNanoseconds;
            before = after;
        }

        foreach (var table in _slices.GroupBy(slice => slice.Target)) await CommitAsync(_shredder.Plan.Targets[table.Key], [.. table.Select(slice => slice.Slice)]);
        _commit = (Environment.CpuUsage.TotalTime - before).TotalNanoseconds;
        _allocated = meter.Stop().AllocatedBytes;
        foreach (var (_, slice) in _slices) slice.ReleaseOnce();
    }

    /// <summary>The round as a line of the table.</summary>
    public string Describe(int round) => string.Create(CultureInfo.InvariantCulture,
        $"round {round,2}   {_shred / _records,9:F0}{_slice / _records,9:F0}{_commit / _records,9:F0}{(_shred + _slice + _commit) / _records,9:F0}   {(double)_allocated / _records,9:F1}");

    private async Task CommitAsync(TableDefinition table, Slice[] slices)
    {
        var here = table with { Sink = table.Sink with { Options = new(table.Sink.Options) { ["path"] = Path.Combine(folder, table.Name) } } };
        var stamp = new DefinitionStamp { Version = 1, Fingerprint = "stages" };
        await using var sink = (ITransactionalSink)new DeltaSinkFactory().Create(
            new SinkContext { Pipeline = "stages", Owner = table.Name, Table = here, Executor = new SameThread(), Time = TimeProvider.System });
        await sink.OpenAsync(default);
        await sink.CommitAsync(new SinkCommit
        {
            Batch = new SinkBatch { Id = "first", Rows = [.. slices.Select(slice => new RowBlockRange(slice.Source, 1, slice.Rows, 0))] },
            ExpectedDefinition = null,
            Definition = stamp,
            Cursors = [new CursorMove(new CursorKey(slices[0].Source, 1), null, slices[^1].Range.Next)],
        }, default);
    }

    private sealed class SameThread : IWorkExecutor
    {
        public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.FromResult(work());
    }
}
