using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Slices;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Grains.Tables;

/// <summary>
/// A table's sink and its part of the quarantine. Bad rows are committed to the quarantine first, under cursors of the table's own there, then the rows:
/// so a row that is missing in the table is never missing in both.
/// </summary>
internal sealed class TableSinks : IAsyncDisposable
{
    // A sink takes one call at a time; looking at it and committing to it come from different turns.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ITransactionalSink _sink;
    private readonly Func<ITransactionalSink>? _createQuarantine;
    private ITransactionalSink? _quarantine;
    private SinkState? _quarantineState;

    /// <summary>A committer for one table; the quarantine's own table has no other quarantine.</summary>
    public TableSinks(SinkRegistry sinks, string pipeline, TableDefinition table, SinkDefinition quarantine)
    {
        _sink = sinks.Create(pipeline, table.Name, table);
        if (table.Name != QuarantineTable.Name)
            _createQuarantine = () => sinks.Create(pipeline, table.Name, QuarantineTable.Create(quarantine));
    }

    /// <summary>What the compaction of the table's sink has done; null when it does not compact.</summary>
    public CompactionStatus? Compaction => (_sink as ICompactingSink)?.Compaction;

    public Task OpenAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        await _sink.OpenAsync(cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>What the table's sink holds now.</summary>
    public Task<SinkState> ReadStateAsync(CancellationToken cancellationToken) =>
        InTurnAsync(() => _sink.ReadStateAsync(cancellationToken), cancellationToken);

    /// <summary>Commits without rows: start cursors, or a change of definition. Null cursors are left alone.</summary>
    public Task<CommitResult> CommitStateAsync(
        DefinitionStamp? expected, DefinitionStamp definition, IReadOnlyList<CursorMove> cursors, IReadOnlyList<SourceIdentity>? sources, CancellationToken cancellationToken) =>
        InTurnAsync(() => _sink.CommitAsync(new SinkCommit
        {
            Batch = new SinkBatch { Id = Guid.NewGuid().ToString("N"), Rows = [] },
            ExpectedDefinition = expected,
            Definition = definition,
            Cursors = cursors,
            Sources = sources,
        }, cancellationToken), cancellationToken);

    /// <summary>Commits a group under a definition. May be repeated with the same group after it threw.</summary>
    public Task<CommitResult> CommitAsync(CommitGroup group, DefinitionStamp definition, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var quarantined = await CommitQuarantineAsync(group, definition, cancellationToken);
        if (!quarantined.Committed) return quarantined;
        return await _sink.CommitAsync(Own(group, definition), cancellationToken);
    }, cancellationToken);

    /// <summary>What the quarantine holds for the table, read afresh; null for the quarantine's own table, which has no other.</summary>
    public Task<SinkState?> ReadQuarantineAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
        _createQuarantine is null ? null : await OpenQuarantineAsync(refresh: true, cancellationToken), cancellationToken);

    /// <summary>Puts the table's part of the quarantine under another definition, so that nobody commits there under the one before. False when another writer came first.</summary>
    public async Task<bool> CommitQuarantineDefinitionAsync(DefinitionStamp definition, CancellationToken cancellationToken)
    {
        if (await ReadQuarantineAsync(cancellationToken) is not { } state || state.Definition == definition) return true;
        var result = await InTurnAsync(() =>
        {
            _quarantineState = null;
            return _quarantine!.CommitAsync(new SinkCommit
            {
                Batch = new SinkBatch { Id = Guid.NewGuid().ToString("N"), Rows = [] },
                ExpectedDefinition = state.Definition,
                Definition = definition,
                Cursors = [],
            }, cancellationToken);
        }, cancellationToken);
        return result.Committed;
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        if (_quarantine is not null) await _quarantine.DisposeAsync();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await call();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<CommitResult> CommitQuarantineAsync(CommitGroup group, DefinitionStamp definition, CancellationToken cancellationToken)
    {
        if (!group.Slices.Any(slice => slice.QuarantinedRows > 0)) return new CommitResult { Committed = true };
        // A failed attempt may have landed: the state is read afresh, and its cursors trim what is there already. What a writer that should be dead
        // reads afresh is not what it started from, so it has to show that it is not: by its own sink, which any successor has moved first.
        var fresh = _quarantineState is null;
        var state = await OpenQuarantineAsync(refresh: false, cancellationToken);
        if (state.Definition is { } held && held != definition) return new CommitResult { Committed = false, Found = state };
        if (fresh)
        {
            var own = await _sink.ReadStateAsync(cancellationToken);
            if (!CommitFence.Admits(own, Own(group, definition))) return new CommitResult { Committed = false, Found = own };
        }

        var commit = Quarantine(group, definition, state);
        if (commit.Cursors.Count == 0) return new CommitResult { Committed = true };
        _quarantineState = null;
        var result = await _quarantine!.CommitAsync(commit, cancellationToken);
        if (result.Committed) _quarantineState = Advance(state, commit);
        return result;
    }

    private static SinkCommit Own(CommitGroup group, DefinitionStamp definition) => new()
    {
        Batch = new SinkBatch { Id = group.Id, Rows = [.. group.Slices.Where(slice => slice.Rows > 0).Select(Rows)] },
        ExpectedDefinition = definition,
        Definition = definition,
        Cursors = group.Moves,
    };

    private static SinkCommit Quarantine(CommitGroup group, DefinitionStamp definition, SinkState state)
    {
        var rows = new List<RowBlockRange>();
        var next = new Dictionary<CursorKey, long>();
        foreach (var slice in group.Slices.Where(slice => slice.QuarantinedRows > 0))
        {
            var block = new RowBlock(slice.Slice.Quarantined.Span);
            var first = state.Cursors.TryGetValue(slice.Key, out var cursor) ? Math.Max(slice.FirstQuarantined, block.FirstRowAt(cursor)) : slice.FirstQuarantined;
            if (first == block.Rows) continue;
            rows.Add(new RowBlockRange(slice.Slice.Source, slice.Slice.Generation, slice.Slice.Quarantined, first));
            next[slice.Key] = slice.Slice.Range.Next;
        }

        return new SinkCommit
        {
            Batch = new SinkBatch { Id = group.Id + "-q", Rows = rows },
            ExpectedDefinition = state.Definition,
            Definition = definition,
            Cursors = [.. next.Select(entry => new CursorMove(entry.Key, state.Cursors.TryGetValue(entry.Key, out var from) ? from : null, entry.Value))],
        };
    }

    private static SinkState Advance(SinkState state, SinkCommit commit)
    {
        var cursors = new Dictionary<CursorKey, long>(state.Cursors);
        foreach (var move in commit.Cursors) cursors[move.Key] = move.Next;
        return state with { Definition = commit.Definition, Cursors = cursors };
    }

    private async Task<SinkState> OpenQuarantineAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (_quarantine is null)
        {
            var opening = _createQuarantine!();
            await opening.OpenAsync(cancellationToken);
            _quarantine = opening;
        }

        if (_quarantineState is null || refresh) _quarantineState = await _quarantine.ReadStateAsync(cancellationToken);
        return _quarantineState;
    }

    private static RowBlockRange Rows(HeldSlice slice) => new(slice.Slice.Source, slice.Slice.Generation, slice.Slice.Rows, slice.FirstRow);
}
