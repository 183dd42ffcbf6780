namespace Bayou.Sinks.Tests.Delta;

/// <summary>A folder for one table, deleted with everything in it.</summary>
internal sealed class TableFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bayou-delta-").FullName;

    public string Log => System.IO.Path.Combine(Path, "_delta_log");

    /// <summary>Names of the files in the log, sorted.</summary>
    public string[] LogFiles => Directory.Exists(Log) ? [.. Directory.GetFiles(Log).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Data files, as paths within the folder.</summary>
    public string[] DataFiles =>
    [
        .. Directory.GetFiles(Path, "*.parquet", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path, file))
            .Where(file => !file.StartsWith("_delta_log", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public string ReadLog(long version) => File.ReadAllText(System.IO.Path.Combine(Log, $"{version:D20}.json"));

    public void WriteLog(long version, params string[] lines)
    {
        Directory.CreateDirectory(Log);
        File.WriteAllText(System.IO.Path.Combine(Log, $"{version:D20}.json"), string.Join('\n', lines) + "\n");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
