namespace Bayou.Sinks.Tests.Postgres;

/// <summary>Where the server's programs are: the folder that the variable BAYOU_POSTGRES names, or where distributions put them.</summary>
internal static class PostgresPrograms
{
    /// <summary>The folder; null when there is no server of version 13 or later.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Why tests that need the server are skipped.</summary>
    public const string Missing = "PostgreSQL's server was not found: install postgresql (Debian: apt-get install postgresql-15), or set BAYOU_POSTGRES to the folder that holds initdb and pg_ctl.";

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("BAYOU_POSTGRES") is { Length: > 0 } given) return IsServer(given) ? given : null;
        for (var version = 20; version >= 13; version--)
            foreach (var folder in new[] { $"/usr/lib/postgresql/{version}/bin", $"/usr/pgsql-{version}/bin", $"/opt/homebrew/opt/postgresql@{version}/bin" })
                if (IsServer(folder)) return folder;
        return null;
    }

    private static bool IsServer(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"));
}
