namespace Bayou.Sinks.Delta;

/// <summary>
/// Deletes what the log no longer needs (section "Metadata Cleanup" of the Delta Lake protocol): commits and checkpoints older than the newest checkpoint
/// that itself is at or before the newest commit beyond retention. Whatever is within retention can still be read as of its version.
/// </summary>
internal static class LogCleanup
{
    /// <summary>Property that says how long versions can be travelled back to; 30 days unless set.</summary>
    public const string RetentionProperty = "delta.logRetentionDuration";

    /// <summary>Property that switches the cleanup off when it is <c>false</c>.</summary>
    public const string EnabledProperty = "delta.enableExpiredLogCleanup";

    /// <summary>Deletes expired files of the log and returns how many; none when no checkpoint is old enough, or the one that is cannot be read.</summary>
    public static int Run(ITableStorage storage, IReadOnlyDictionary<string, string> properties, DateTimeOffset now)
    {
        if (Boundary(properties, now) is not { } cutoff) return 0;
        var files = storage.ListFiles(LogNames.Folder).ToDictionary(file => Path.GetFileName(file.Path), StringComparer.Ordinal);
        if (LastExpired(files, cutoff) is not { } last) return 0;
        if (CheckpointFiles.FindNewest([.. files.Keys.Where(name => LogNames.ParseCheckpoint(name)?.Version <= last)], storage.Location) is not { } kept) return 0;
        string[] expired = [.. files.Keys.Where(name => LogNames.ExpiresWith(name, kept.Version)).Order(StringComparer.Ordinal)];
        if (expired.Length == 0) return 0;
        // It is all that is left of the commits before it.
        var held = CheckpointReader.Read(storage, kept, withFiles: true);
        if (held.Protocol is null || held.Metadata is null) return 0;
        foreach (var name in expired) storage.Delete($"{LogNames.Folder}/{name}");
        return expired.Length;
    }

    // Midnight before the time that retention reaches back to; null when nothing expires. An interval that is not understood keeps everything.
    private static DateTimeOffset? Boundary(IReadOnlyDictionary<string, string> properties, DateTimeOffset now)
    {
        if (properties.GetValueOrDefault(EnabledProperty, "true").Equals("false", StringComparison.OrdinalIgnoreCase)) return null;
        if (!IntervalText.TryParse(properties.GetValueOrDefault(RetentionProperty, "interval 30 days"), out var retention)) return null;
        return retention > now - DateTimeOffset.UnixEpoch ? null : new DateTimeOffset((now - retention).UtcDateTime.Date, TimeSpan.Zero);
    }

    // Clocks of writers differ: the first commit that is not expired protects all behind it.
    private static long? LastExpired(Dictionary<string, StoredFile> files, DateTimeOffset cutoff)
    {
        long? last = null;
        foreach (var (version, file) in files.Values.Select(file => (Version: LogNames.ParseCommit(Path.GetFileName(file.Path)), file)).Where(item => item.Version is not null).OrderBy(item => item.Version))
        {
            if (file.Modified > cutoff) break;
            last = version;
        }

        return last;
    }
}
