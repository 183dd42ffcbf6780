using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>Connection strings as they are used, and as they may be shown.</summary>
internal static class ConnectionText
{
    /// <summary>The user's connection string with what this sink needs. Equal ones share a pool, whose size <c>Maximum Pool Size</c> bounds.</summary>
    public static string Complete(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { IncludeErrorDetail = true, Enlist = false };
        builder.ApplicationName ??= "bayou";
        return builder.ConnectionString;
    }

    /// <summary>Server, database and table; neither user nor password.</summary>
    public static string Describe(string connection, TableName table)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        return $"{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username} {table}";
    }
}
