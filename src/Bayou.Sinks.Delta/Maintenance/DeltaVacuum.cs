using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>
/// Deletes data files that the table does not need: those of attempts that failed or were killed, and those that were removed (by a compaction or a
/// deletion). A file is kept while its content, or its removal, is within retention: a commit that is under way needs the one, readers of an older version the other.
/// </summary>
public static class DeltaVacuum
{
    /// <summary>Property with the retention of removed files; a week unless set.</summary>
    public const string RetentionProperty = "delta.deletedFileRetentionDuration";

    /// <summary>The shortest retention: longer than a commit takes.</summary>
    public static readonly TimeSpan LeastRetention = TimeSpan.FromHours(1);

    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(7);

    /// <summary>Vacuums the table at <paramref name="path"/>, which may be written to and read meanwhile.</summary>
    /// <param name="path">Folder of the table.</param>
    /// <param name="time">The clock that files' times are compared with.</param>
    /// <param name="retention">Age beyond which files go; null for the table's own. At least <see cref="LeastRetention"/>, at most the table's own.</param>
    /// <param name="dryRun">True to delete nothing.</param>
    /// <exception cref="SinkException">There is no table, it cannot be read or written to, or the retention is out of bounds; nothing was deleted.</exception>
    public static VacuumResult Run(string path, TimeProvider time, TimeSpan? retention = null, bool dryRun = false) =>
        Run(new LocalTableStorage(path), time, retention, dryRun);

    internal static VacuumResult Run(ITableStorage storage, TimeProvider time, TimeSpan? retention, bool dryRun)
    {
        // Listed before the log is read: a file that a commit adds in between is in the log then.
        var now = time.GetUtcNow();
        StoredFile[] files = [.. storage.ListFiles("", deep: true).Where(IsOurs)];
        var snapshot = new TableLog(storage, withFiles: true).Refresh()
            ?? throw new SinkException(SinkErrorKind.Fatal, $"There is no Delta table at {storage.Location}: its folder {LogNames.Folder} has no commits. Nothing was deleted.");
        ProtocolSupport.CheckVacuum(snapshot, storage.Location);
        var kept = Retention(snapshot.Metadata.Configuration, retention, storage.Location);
        var since = now - kept;
        var active = new HashSet<string>(snapshot.Files!.Active.SelectMany(add => Names(add.Path, storage.Location)), StringComparer.Ordinal);
        var removed = new HashSet<string>(
            snapshot.Files.Removed.Where(remove => remove.DeletionTimestamp is null || remove.DeletionTimestamp >= since.ToUnixTimeMilliseconds()).SelectMany(remove => Names(remove.Path, storage.Location)), StringComparer.Ordinal);

        StoredFile[] unused = [.. files.Where(file => !active.Contains(file.Path))];
        StoredFile[] expired = [.. unused.Where(file => file.Modified < since && !removed.Contains(file.Path))];
        if (!dryRun)
            foreach (var file in expired) storage.Delete(file.Path);
        return new VacuumResult(snapshot.Version, expired.Length, expired.Sum(file => file.Bytes), unused.Length - expired.Length, kept);
    }

    private static TimeSpan Retention(IReadOnlyDictionary<string, string> properties, TimeSpan? asked, string location)
    {
        var own = DefaultRetention;
        if (properties.TryGetValue(RetentionProperty, out var text) && !IntervalText.TryParse(text, out own))
            throw Refuse(location, $"its property {RetentionProperty} = {text} is not understood (it is like: interval 7 days)");
        var retention = asked ?? own;
        if (retention < LeastRetention)
            throw Refuse(location, $"retention is {DurationText.Format(retention)}, and files of a commit that is under way are safe from {DurationText.Format(LeastRetention)} on");
        // Checkpoints forget older removals, so that a file removed yesterday could not be told from one removed long ago.
        if (retention > own)
            throw Refuse(location, $"retention is {DurationText.Format(retention)}, but the table keeps removals for {DurationText.Format(own)} only; set its property {RetentionProperty} first");
        return retention;
    }

    // Hidden files and folders belong to others, except a partition's folder and this sink's own temporary files in the log.
    private static bool IsOurs(StoredFile file)
    {
        var parts = file.Path.Split('/');
        if (parts is [LogNames.Folder, var name]) return name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal);
        return file.Path.EndsWith(".parquet", StringComparison.Ordinal) && Array.TrueForAll(parts, part => !(part.StartsWith('.') || part.StartsWith('_')) || part.Contains('='));
    }

    // A path in the log is encoded, though not every writer does it; and it may be absolute.
    private static IEnumerable<string> Names(string path, string root)
    {
        yield return path;
        var decoded = Uri.UnescapeDataString(path);
        yield return decoded;
        var local = decoded.StartsWith("file:", StringComparison.Ordinal) ? "/" + decoded["file:".Length..].TrimStart('/') : decoded;
        if (Path.IsPathRooted(local)) yield return Path.GetRelativePath(root, local).Replace(Path.DirectorySeparatorChar, '/');
    }

    private static SinkException Refuse(string location, string why) =>
        new(SinkErrorKind.Fatal, $"Vacuum of the Delta table {location}: {why}. Nothing was deleted.");
}
