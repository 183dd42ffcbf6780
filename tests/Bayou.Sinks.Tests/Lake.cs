using System.Diagnostics;
using System.Text.Json;

namespace Bayou;

/// <summary>
/// The command-line reader of Delta tables and Parquet files that shares no code with Bayou: <c>readers/lake</c> in the folder that the variable
/// BAYOU_SHARED names, or in a folder <c>shared</c> beside one that holds the tests.
/// </summary>
internal static class Lake
{
    /// <summary>The program; null when it is absent.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Runs a query over files and returns its rows.</summary>
    public static IReadOnlyList<JsonElement> Scan(string sql) => Run("scan", sql);

    /// <summary>Runs a command and returns the lines of JSON that it prints.</summary>
    public static IReadOnlyList<JsonElement> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}: {errors.Result}");
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static string? Find()
    {
        var shared = Environment.GetEnvironmentVariable("BAYOU_SHARED");
        if (shared is not null) return Existing(shared);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Existing(System.IO.Path.Combine(folder.FullName, "shared")) is { } found) return found;
        return null;
    }

    private static string? Existing(string shared)
    {
        var path = System.IO.Path.Combine(shared, "readers", "lake");
        return File.Exists(path) ? path : null;
    }
}
