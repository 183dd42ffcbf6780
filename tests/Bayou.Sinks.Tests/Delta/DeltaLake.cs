using System.Diagnostics;
using System.Text.Json;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Delta tables as delta-rs reads and writes them.</summary>
internal static class DeltaLake
{
    /// <summary>Rows of a query over the table, whose name is <c>t</c>, as JSON.</summary>
    public static IReadOnlyList<string> Sql(TableFolder folder, string sql) => [.. Lake.Run("sql", sql, $"t={folder.Path}").Select(row => row.GetRawText())];

    /// <summary>Version, rows, files, schema and transactions of a table.</summary>
    public static JsonElement Info(TableFolder folder) => Lake.Run("info", folder.Path).Single();

    /// <summary>Runs Python that can import <c>deltalake</c>; its first argument is the table's folder.</summary>
    public static void Python(TableFolder folder, string script)
    {
        Lake.Scan("SELECT 1");
        var home = Environment.GetEnvironmentVariable("LAKE_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "lake");
        var start = new ProcessStartInfo("python3", ["-c", script, folder.Path]) { RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = home;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }
}
