using System.Text;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Cli.Sampling;

/// <summary>Routes sampled records as a running pipeline would, one at a time.</summary>
internal sealed class SampleRouter
{
    private static readonly int Reason = Array.FindIndex(QuarantineTable.Columns, column => column.Name == QuarantineTable.ReasonColumn);
    private readonly RowShredder _shredder;
    private readonly bool[] _all;

    /// <summary>A router for a definition.</summary>
    public SampleRouter(PipelineDefinition definition)
    {
        _shredder = new RowShredder(RoutingPlan.Compile(definition, version: 1));
        _all = [.. _shredder.Plan.Targets.Select(_ => true)];
    }

    /// <summary>What would become of each record of a batch.</summary>
    public IEnumerable<SampledRecord> Route(MicroBatch batch)
    {
        for (var index = 0; index < batch.Count; index++)
            yield return RouteOne(batch, index);
    }

    private SampledRecord RouteOne(MicroBatch batch, int index)
    {
        var record = batch[index];
        var next = OffsetRange.NextAfter(record.Offset);
        _shredder.Shred(batch, record.Offset, next, _all, int.MaxValue);
        var outcomes = new List<SampledOutcome>();
        for (var target = 0; target < _all.Length; target++)
        {
            if (_shredder.BuildSlice(target, batch.Source, 1, record.Offset, next, BufferPool.Shared) is not { } slice)
                continue;
            outcomes.Add(Describe(target, slice));
            slice.ReleaseOnce();
        }

        return new SampledRecord(batch.Source, record.Offset, record.HasKey ? record.Key.ToArray() : null, record.HasValue ? record.Value.ToArray() : null, [.. outcomes]);
    }

    private SampledOutcome Describe(int target, Slice slice)
    {
        var table = _shredder.Plan.Targets[target];
        if (target == _shredder.Plan.QuarantineTarget)
            return new SampledOutcome(null, null, ReasonOf(slice.Rows));
        if (!slice.Quarantined.IsEmpty)
            return new SampledOutcome(table.Name, null, ReasonOf(slice.Quarantined));

        var block = new RowBlock(slice.Rows.Span);
        var row = new SampledValue[table.Columns.Length];
        for (var column = 0; column < row.Length; column++)
            row[column] = new SampledValue(table.Columns[column], CellText.Of(block.Column(column), table.Columns[column].Type, 0));
        return new SampledOutcome(table.Name, row, null);
    }

    private static string ReasonOf(ReadOnlyMemory<byte> rows) => Encoding.UTF8.GetString(new RowBlock(rows.Span).Column(Reason).Bytes(0));
}
