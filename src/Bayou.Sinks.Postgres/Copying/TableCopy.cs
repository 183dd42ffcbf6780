using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>Copies rows to the table, in the transaction that the connection is in.</summary>
internal sealed class TableCopy(NpgsqlConnection connection, TableName table, TableLayout layout, IWorkExecutor executor) : IDisposable
{
    private readonly CopyEncoder _encoder = new(layout);
    private readonly string _statement =
        $"COPY {table.Quoted} ({string.Join(", ", layout.Columns.Select(column => TableName.Quote(column.Name)))}) FROM STDIN (FORMAT binary)";

    /// <summary>Bytes sent so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes the rows in one COPY; either all of them are in the transaction afterwards or none is.</summary>
    /// <exception cref="PostgresException">The server refuses; it names the row by its number where it can.</exception>
    public async Task RunAsync(IEnumerable<RowRange> ranges, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(_statement, cancellationToken);
        try
        {
            await SendAsync(stream, CopyEncoder.Header, cancellationToken);
            foreach (var range in ranges)
            {
                for (var start = 0; start < range.Count; start += CopyEncoder.MostRows)
                {
                    var piece = range.Slice(start, Math.Min(CopyEncoder.MostRows, range.Count - start));
                    await SendAsync(stream, await executor.RunAsync(() => _encoder.Encode(piece), cancellationToken), cancellationToken);
                }
            }

            await SendAsync(stream, CopyEncoder.Trailer, cancellationToken);
        }
        catch
        {
            // Otherwise the end of the stream would be taken for the end of the rows.
            await CancelAsync(stream);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private async Task SendAsync(NpgsqlRawCopyStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        Bytes += bytes.Length;
    }

    private static async Task CancelAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The transaction is given up anyway; the first failure is the one to tell.
        }
    }
}
