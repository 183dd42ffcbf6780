using Bayou.Sinks;

namespace Bayou.Grains.Tables;

/// <summary>How a table begins: by what its sink holds, once that is what the pipeline's definition asks for.</summary>
internal static class TableOpening
{
    /// <summary>
    /// Reads the sink, commits the start cursors it lacks, and returns what it holds then; null when another writer came first and the sink
    /// should be read again.
    /// </summary>
    /// <exception cref="SinkException">Fatal: the sink lost its data, or is under a definition that cannot be gone on with.</exception>
    public static async Task<SinkState?> OpenAsync(TableSinks committer, TableAssignment assignment, CancellationToken cancellationToken)
    {
        var state = await committer.ReadStateAsync(cancellationToken);
        Check(state, assignment);
        var missing = assignment.Starts.Where(start => !state.Cursors.ContainsKey(start.Key)).Select(start => new CursorMove(start.Key, null, start.Value)).ToList();
        var sources = state.Sources.SequenceEqual(assignment.Sources) ? null : assignment.Sources;
        if (state.Definition is not null && missing.Count == 0 && sources is null) return state;

        var result = await committer.CommitStateAsync(state.Definition, assignment.Definition, missing, sources, cancellationToken);
        return result.Committed ? await committer.ReadStateAsync(cancellationToken) : null;
    }

    private static void Check(SinkState state, TableAssignment assignment)
    {
        var table = assignment.Table.Name;
        if (state.Definition is null)
        {
            if (!assignment.Initialized) return;
            throw new SinkException(SinkErrorKind.Fatal,
                $"Table {table} has committed before, but its sink knows nothing of it any more. If its data was removed on purpose, remove the pipeline's state directory too, or give the table another name, a path of its own and backfill: true; nothing is written meanwhile.");
        }

        if (state.Definition == assignment.Definition) return;
        if (state.Definition.To is not null)
            throw new SinkException(SinkErrorKind.Transient, $"Table {table} is being taken over from version {state.Definition.Version} of the definition to version {state.Definition.To}.");
        throw new SinkException(SinkErrorKind.Fatal,
            $"Table {table}'s sink is under version {state.Definition.Version} of the definition ({state.Definition.Fingerprint[..8]}), but the pipeline is at version {assignment.Definition.Version} ({assignment.Definition.Fingerprint[..8]}). Another pipeline may be writing to it; give each pipeline its own paths.");
    }
}
