using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// Copies all rows but those that the server refuses, which it finds: by the number that the server names, else by halves. A row counts as refused only when it was refused by itself,
/// behind all rows before it.
/// </summary>
internal sealed class NarrowedCopy(NpgsqlConnection connection, TableCopy copy)
{
    // What is sent again for each row that is refused.
    private const int PieceRows = 1024;

    private readonly List<RejectedRow> _rejected = [];

    /// <summary>The rows that are not in the transaction.</summary>
    public IReadOnlyList<RejectedRow> Rejected => _rejected;

    /// <summary>Copies the rows.</summary>
    /// <exception cref="PostgresException">An error that is not about rows.</exception>
    public async Task RunAsync(IEnumerable<RowBlockRange> blocks, CancellationToken cancellationToken)
    {
        // A constraint that is checked at the commit would name no row, and nothing could be done about it then.
        await Sql.RunAsync(connection, "SET CONSTRAINTS ALL IMMEDIATE", cancellationToken);
        foreach (var block in blocks.Select(RowRange.Of))
            for (var start = 0; start < block.Count; start += PieceRows)
                await CopyPieceAsync(block.Slice(start, Math.Min(PieceRows, block.Count - start)), cancellationToken);
    }

    private async Task CopyPieceAsync(RowRange piece, CancellationToken cancellationToken)
    {
        var left = new Stack<RowRange>([piece]);
        while (left.TryPop(out var rows))
        {
            if (await TryCopyAsync(rows, cancellationToken) is not { } refusal) continue;
            if (rows.Count == 1)
            {
                _rejected.Add(new RejectedRow(rows, refusal.SqlState, refusal.Detail is { } detail ? $"{refusal.MessageText}: {detail}" : refusal.MessageText));
                continue;
            }

            var (at, count) = PostgresErrors.RowOf(refusal) is { } row && row < rows.Count ? (row, 1) : (rows.Count / 2, rows.Count - rows.Count / 2);
            // The rows before come first: rows keep their order, and a row that repeats an earlier one's key is the one to be refused.
            if (at + count < rows.Count) left.Push(rows.Slice(at + count, rows.Count - at - count));
            left.Push(rows.Slice(at, count));
            if (at > 0) left.Push(rows.Slice(0, at));
        }
    }

    private async Task<PostgresException?> TryCopyAsync(RowRange rows, CancellationToken cancellationToken)
    {
        await Sql.RunAsync(connection, "SAVEPOINT bayou_rows", cancellationToken);
        try
        {
            await copy.RunAsync([rows], cancellationToken);
            await Sql.RunAsync(connection, "RELEASE SAVEPOINT bayou_rows", cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (PostgresErrors.IsAboutRows(exception))
        {
            await Sql.RunAsync(connection, "ROLLBACK TO SAVEPOINT bayou_rows; RELEASE SAVEPOINT bayou_rows", cancellationToken);
            return exception;
        }
    }
}
