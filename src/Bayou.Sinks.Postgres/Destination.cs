using System.Data;
using System.Globalization;
using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>Where one owner's rows and cursors are, with every name resolved.</summary>
/// <param name="Table">The table.</param>
/// <param name="StateSchema">The schema of Bayou's own tables.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Owner">Whose cursors they are.</param>
/// <param name="Location">Server, database and table, for messages; holds no secrets.</param>
/// <param name="Options">The options.</param>
internal sealed record Destination(TableName Table, string StateSchema, string Pipeline, string Owner, string Location, PostgresSinkOptions Options)
{
    /// <summary>One row for each owner: its definition, and its last commits.</summary>
    public string Tables => Own("bayou_tables");

    /// <summary>One row for each cursor.</summary>
    public string Offsets => Own("bayou_offsets");

    /// <summary>Rows that the server refused.</summary>
    public string Rejected => Own("bayou_rejected");

    /// <summary>A transaction that a writer which stands still does not keep open for ever.</summary>
    public async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            // For this transaction only, so that a pooler in between may hand the session to others.
            await Sql.RunAsync(connection,
                $"SET LOCAL lock_timeout = {Milliseconds(Options.LockTimeout)}; SET LOCAL idle_in_transaction_session_timeout = {Milliseconds(Options.IdleTimeout)}", cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    private string Own(string name) => new TableName(StateSchema, name).Quoted;

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
