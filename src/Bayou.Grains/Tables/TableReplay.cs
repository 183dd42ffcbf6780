using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Grains.Routing;
using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Grains.Tables;

/// <summary>Brings one table forward in one partition without its grain: reads, routes and commits a range under a definition.</summary>
internal sealed class TableReplay(BayouOptions options, BufferPool buffers)
{
    private const long GroupBytes = 32 << 20;

    /// <summary>
    /// Commits the rows of <paramref name="range"/>; the sink's cursor is at its start before and at its end after. Offsets below <paramref name="readFrom"/> are lost in the
    /// source, which somebody has noted already, and are passed over.
    /// </summary>
    /// <exception cref="SinkException">Transient: another writer has moved the sink, be it a commit of a dead one that landed late.</exception>
    public async Task RunAsync(
        ISource source, PipelineDefinition definition, DefinitionStamp stamp, string name, TableSinks committer, CursorKey key, OffsetRange range, long readFrom, CancellationToken cancellationToken)
    {
        var shredder = new RowShredder(RoutingPlan.Compile(definition, stamp.Version));
        var wanted = new bool[shredder.Plan.Targets.Count];
        var table = shredder.Plan.IndexOf(name);
        wanted[table] = true;
        await using var reader = source.OpenReader(key.Partition, readFrom, ReaderRole.CatchUp);
        var ledger = new AcceptanceLedger(stamp.Version, new Dictionary<CursorKey, long> { [key] = range.First });
        if (readFrom > range.First)
            ledger.Offer(new Slice { Source = key.Partition, Generation = key.Generation, Version = stamp.Version, Range = new OffsetRange(range.First, readFrom) }, hasRoom: true);
        var position = readFrom;
        while (position < range.Next)
        {
            var batch = await reader.ReadAsync(options.BatchRecords, options.BatchBytes, cancellationToken);
            var end = Math.Min(range.Next, batch.Range.Next);
            while (position < end)
            {
                var next = shredder.Shred(batch, position, end, wanted, RouterGrain.MaxSliceBytes).Next;
                var slice = shredder.BuildSlice(table, key.Partition, key.Generation, position, next, buffers)
                    ?? new Slice { Source = key.Partition, Generation = key.Generation, Version = stamp.Version, Range = new OffsetRange(position, next) };
                ledger.Offer(slice, hasRoom: true);
                position = next;
                if (ledger.HeldBytes >= GroupBytes) await CommitAsync(committer, ledger, stamp, cancellationToken);
            }

            batch.Release();
        }

        await CommitAsync(committer, ledger, stamp, cancellationToken);
    }

    private static async Task CommitAsync(TableSinks committer, AcceptanceLedger ledger, DefinitionStamp stamp, CancellationToken cancellationToken)
    {
        if (ledger.TakeGroup() is not { } group) return;
        if (!(await committer.CommitAsync(group, stamp, cancellationToken)).Committed)
            throw new SinkException(SinkErrorKind.Transient, "A table was moved by another writer while it was brought up to the others; the change of the definition is tried again.");
        ledger.Committed(group);
        group.Release();
    }
}
