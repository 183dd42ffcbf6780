using System.Data;
using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// The commit fence over one owner's rows in <c>bayou_tables</c> and <c>bayou_offsets</c>. Rows are copied first and the fence is locked last, so that a writer that stands still in the
/// middle of its rows holds up no successor; nothing is visible, and nothing is believed, before the locked fence has been compared.
/// </summary>
internal sealed class TableCommitter(Destination destination, SinkContext context)
{
    private TableLayout? _layout;

    /// <summary>Makes what is missing, and checks that the table can take the rows.</summary>
    public async Task OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await TableMaker.PrepareAsync(connection, destination, context.Table, withGeneration: false, cancellationToken);
        await PlanAsync(connection, cancellationToken);
    }

    /// <summary>What the server holds for this owner now.</summary>
    public async Task<SinkState> ReadStateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // One snapshot for definition and cursors.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (stored, _, _) = await CursorStore.ReadAsync(connection, destination, forUpdate: false, withOthers: true, cancellationToken);
        return stored.State;
    }

    /// <summary>Commits if the server holds what is expected; without a <paramref name="commit"/>, the batch's rows are appended as they are.</summary>
    public async Task<CommitResult> CommitAsync(NpgsqlConnection connection, SinkBatch batch, SinkCommit? commit, CancellationToken cancellationToken)
    {
        if (batch.Rows.Any(range => range.Generation > 1 && range.Rows > 0) && context.Table.Metadata && _layout is { HasGeneration: false })
        {
            await TableMaker.PrepareAsync(connection, destination, context.Table, withGeneration: true, cancellationToken);
            await PlanAsync(connection, cancellationToken);
        }

        try
        {
            return await TryAsync(connection, batch, commit, narrow: false, cancellationToken);
        }
        catch (PostgresException exception) when (PostgresErrors.MayBeShape(exception) && connection.FullState == ConnectionState.Open)
        {
            // A table that was changed is told from rows that cannot be written; the plan is made anew in any case.
            var known = _layout!.Table;
            await PlanAsync(connection, cancellationToken);
            if (_layout.Table.Shape == known.Shape && !PostgresErrors.IsAboutRows(exception)) throw;
            return await TryAsync(connection, batch, commit, narrow: PostgresErrors.IsAboutRows(exception), cancellationToken);
        }
    }

    private async Task<CommitResult> TryAsync(NpgsqlConnection connection, SinkBatch batch, SinkCommit? commit, bool narrow, CancellationToken cancellationToken)
    {
        await using var transaction = await destination.BeginAsync(connection, cancellationToken);
        var (seen, _, _) = await CursorStore.ReadAsync(connection, destination, forUpdate: false, withOthers: false, cancellationToken);
        if (Decide(seen, batch, commit) is { } known) return known;
        var bytes = 0L;
        IReadOnlyList<RejectedRow> rejected = [];
        if (batch.Rows.Any(range => range.Rows > 0))
        {
            using var copy = new TableCopy(connection, destination.Table, _layout!, context.Executor);
            if (narrow)
            {
                var narrowed = new NarrowedCopy(connection, copy);
                await narrowed.RunAsync(batch.Rows, cancellationToken);
                rejected = narrowed.Rejected;
            }
            else
            {
                await copy.RunAsync(batch.Rows.Select(RowRange.Of), cancellationToken);
            }

            bytes = copy.Bytes;
        }

        // Rows may have been refused because they are there already, by an earlier attempt or by a successor: only behind the locked fence is a refusal believed.
        var (stored, id, shape) = await CursorStore.ReadAsync(connection, destination, forUpdate: true, withOthers: false, cancellationToken);
        if (Decide(stored, batch, commit) is { } decided) return decided;
        if (id != _layout!.Table.Id) throw TableMaker.Gone(destination);
        // Values were sent for types that the columns do not have any more. The table cannot change from here to the end of the transaction, if there are rows.
        if (shape != _layout.Table.Shape)
        {
            await transaction.RollbackAsync(cancellationToken);
            await PlanAsync(connection, cancellationToken);
            throw new SinkException(SinkErrorKind.Transient, $"PostgreSQL table {destination.Location} was changed while batch {batch.Id} was written. Nothing was committed; the batch is written again for the table as it is now.");
        }

        if (rejected.Count > 0) await RejectedStore.WriteAsync(connection, destination, _layout, rejected, cancellationToken);
        await CursorStore.WriteAsync(connection, destination, batch.Id, commit, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CommitResult { Committed = true, SinkVersion = stored.Commits + 1, BytesWritten = bytes };
    }

    // How the commit ends without being made: it has been already, it is refused, or it would change nothing. Null when it is to be made.
    private static CommitResult? Decide(StoredState stored, SinkBatch batch, SinkCommit? commit)
    {
        if (stored.Recent.Contains(batch.Id)) return new CommitResult { Committed = true, SinkVersion = stored.Commits };
        if (commit is not null && !CommitFence.Admits(stored.State, commit)) return new CommitResult { Committed = false, Found = stored.State, SinkVersion = stored.Commits };
        var isEmpty = batch.Rows.All(range => range.Rows == 0);
        var changesNothing = commit is null || (stored.State.Definition == commit.Definition && commit.Cursors.All(move => move.From == move.Next)
            && (commit.Sources is null || commit.Sources.SequenceEqual(stored.State.Sources)));
        return isEmpty && changesNothing ? new CommitResult { Committed = true, SinkVersion = stored.Commits } : null;
    }

    private async Task PlanAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = await Catalog.ReadAsync(connection, destination.Table, cancellationToken) ?? throw TableMaker.Gone(destination);
        if (_layout is { } earlier && earlier.Table.Id != found.Id) throw TableMaker.Gone(destination);
        _layout = TableCheck.Layout(found, context.Table, destination.Location);
    }
}
