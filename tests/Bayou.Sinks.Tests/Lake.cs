using System.Diagnostics;
using System.Text.Json;

namespace Bayou.Sinks.Tests;

/// <summary>Readers that Bayou did not write (delta-rs and DuckDB), where the machine has them.</summary>
internal static class Lake
{
    /// <summary>The tool's path, or null.</summary>
    public static string? Tool { get; } = Find();

    /// <summary>Rows of a query over Delta tables, by name and folder.</summary>
    public static List<JsonElement> Sql(string sql, params (string Name, string Path)[] tables) =>
        Run(["sql", sql, .. tables.Select(table => $"{table.Name}={table.Path}")]);

    /// <summary>Rows of a query over files.</summary>
    public static List<JsonElement> Scan(string sql) => Run(["scan", sql]);

    /// <summary>Version, rows, files, schema and transactions of a table.</summary>
    public static JsonElement Info(string path) => Run(["info", path]).Single();

    /// <summary>Runs Python that can import the readers' packages, with arguments.</summary>
    public static string Python(string script, params string[] arguments)
    {
        Run(["scan", "SELECT 1"]);
        var home = Environment.GetEnvironmentVariable("LAKE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "lake");
        return Start("python3", ["-c", script, .. arguments], home);
    }

    private static List<JsonElement> Run(string[] arguments) =>
        [.. Start(Tool!, arguments, null).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Start(string program, string[] arguments, string? pythonPath)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (pythonPath is not null) start.Environment["PYTHONPATH"] = pythonPath;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
        return output;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("BAYOU_SHARED") is { Length: > 0 } shared) return Existing(Path.Combine(shared, "readers", "lake"));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Existing(Path.Combine(folder.FullName, "shared", "readers", "lake")) is { } tool) return tool;
        return null;
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
