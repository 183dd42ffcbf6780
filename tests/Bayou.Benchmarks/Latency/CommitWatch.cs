using System.Collections.Concurrent;

namespace Bayou.Benchmarks.Latency;

/// <summary>
/// Notes when commits of Delta tables appear in their logs' folders, as another process sees it: by the system's notifications of new names (inotify). A commit gets its
/// name by a link, after its content is on the disk, so that a file's own times, which are older, would flatter.
/// </summary>
internal sealed class CommitWatch : IDisposable
{
    private readonly ConcurrentDictionary<string, DateTime> _seen = new();
    private readonly List<FileSystemWatcher> _watchers = [];
    private Exception? _failure;

    /// <summary>Watches the logs of tables, whose folders are made when they are missing.</summary>
    public CommitWatch(IEnumerable<string> tables)
    {
        foreach (var table in tables)
        {
            var watcher = new FileSystemWatcher(Directory.CreateDirectory(Path.Combine(table, "_delta_log")).FullName, "*.json") { InternalBufferSize = 1 << 16 };
            watcher.Created += (_, file) => _seen.TryAdd(file.FullPath, DateTime.UtcNow);
            watcher.Error += (_, error) => _failure ??= error.GetException();
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }
    }

    /// <summary>When a log file appeared.</summary>
    /// <exception cref="InvalidOperationException">It was not seen.</exception>
    public DateTime AppearanceOf(string file) => _failure is null && _seen.TryGetValue(file, out var time)
        ? time
        : throw new InvalidOperationException($"The commit {file} was not seen to appear ({_failure?.Message ?? "no notification came"}). The run does not count.");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
    }
}
