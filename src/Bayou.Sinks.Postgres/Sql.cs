using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>Shorthand for statements with positional parameters.</summary>
internal static class Sql
{
    /// <summary>A statement; nulls have to be typed parameters.</summary>
    public static NpgsqlBatchCommand Command(string text, params object[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    /// <summary>Statements that go to the server together.</summary>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>Runs statements together for their effect.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, NpgsqlBatchCommand[] commands, CancellationToken cancellationToken)
    {
        await using var batch = Batch(connection, commands);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs one statement for its effect.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
