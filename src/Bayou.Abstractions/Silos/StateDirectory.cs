using System.Text.Json;

namespace Bayou.Silos;

/// <summary>
/// A silo's state directory, held for the life of the process by an operating-system lock, which a killed process gives up by itself.
/// Grain storage and <c>silo.json</c> are inside; only the owner can enter it.
/// </summary>
public sealed class StateDirectory : IDisposable
{
    private const string LockName = "silo.lock";
    private const string RecordName = "silo.json";

    // What the operating systems answer when a file is locked: errno EAGAIN on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private const int EAgain = 11, EAgainMac = 35, SharingViolation = 32;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly FileStream _lock;

    private StateDirectory(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Where grains are stored.</summary>
    public string GrainFolder => System.IO.Path.Combine(Path, "grains");

    /// <summary>
    /// Creates the directory when it is missing and takes its lock. <c>silo.json</c> of an earlier process is removed: from here on it is this process that holds it.
    /// </summary>
    /// <exception cref="StateDirectoryInUseException">Another process holds it.</exception>
    /// <exception cref="IOException">It cannot be created or written.</exception>
    public static StateDirectory Take(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Somebody who only looks holds the lock for a moment; who still has it after a quarter of a second uses it.
        var held = TryLock(path);
        for (var attempt = 0; held is null && attempt < 5; attempt++)
        {
            Thread.Sleep(50);
            held = TryLock(path);
        }

        if (held is null)
            throw new StateDirectoryInUseException(path, ReadRecord(path));

        File.Delete(System.IO.Path.Combine(path, RecordName));
        return new StateDirectory(path, held);
    }

    /// <summary>The record of the process that holds the directory at <paramref name="path"/> now; null when none does.</summary>
    public static SiloRecord? FindHolder(string path)
    {
        // The lock is tried only when there is a record, so that looking does not get in the way of a process that is taking a fresh directory.
        var record = ReadRecord(path);
        if (record is null)
            return null;

        using var free = TryLock(path);
        return free is null ? record : null;
    }

    /// <summary>Writes <c>silo.json</c>, whole or not at all.</summary>
    public void Write(SiloRecord record)
    {
        var target = System.IO.Path.Combine(Path, RecordName);
        File.WriteAllText(target + ".new", JsonSerializer.Serialize(record, Json) + "\n");
        File.Move(target + ".new", target, overwrite: true);
    }

    /// <summary>Removes <c>silo.json</c> and gives the lock up.</summary>
    public void Dispose()
    {
        File.Delete(System.IO.Path.Combine(Path, RecordName));
        _lock.Dispose();
    }

    // Null when another process holds it. A full disk or a missing right is not "held", so those errors pass through.
    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when ((error.HResult & 0xFFFF) is EAgain or EAgainMac or SharingViolation)
        {
            return null;
        }
    }

    private static SiloRecord? ReadRecord(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SiloRecord>(File.ReadAllText(System.IO.Path.Combine(path, RecordName)), Json);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
