namespace Bayou.Sinks.Delta;

/// <summary>
/// A table in a folder of a local disk. A file that must not replace another is written under a temporary name, synced, and then linked to its
/// own name, which is atomic and fails when the name is taken; then the folder is synced. On Windows, moving a file without overwriting is
/// one atomic call, and takes the place of the link; folders cannot be synced there.
/// </summary>
internal sealed class LocalTableStorage(string root) : ITableStorage
{
    private const int BufferBytes = 64 << 10;

    public string Location => root;

    public void CreateRoot() => CreateFolder(root);

    public IReadOnlyList<string> List(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Full(folder)).Select(path => Path.GetFileName(path))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public IEnumerable<StoredFile> ListFiles(string folder, bool deep = false)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = deep, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        var full = new DirectoryInfo(Full(folder));
        if (!full.Exists) yield break;
        foreach (var file in full.EnumerateFiles("*", options))
            if (Describe(file) is { } stored) yield return stored;
    }

    public byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(Full(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public string? Tag(string path)
    {
        var file = new FileInfo(Full(path));
        return file.Exists ? $"{file.Length}@{file.LastWriteTimeUtc.Ticks}" : null;
    }

    public Stream OpenRead(string path) =>
        new FileStream(Full(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);

    public bool TryCreate(string path, ReadOnlyMemory<byte> content)
    {
        var name = Full(path);
        if (File.Exists(name)) return false;
        return ThroughTemporary(name, stream => stream.Write(content.Span), temporary =>
        {
            if (!OperatingSystem.IsWindows()) return PosixCalls.TryLink(temporary, name);
            try
            {
                File.Move(temporary, name);
                return true;
            }
            catch (IOException) when (File.Exists(name))
            {
                return false;
            }
        });
    }

    public void Replace(string path, Action<Stream> write)
    {
        var name = Full(path);
        ThroughTemporary(name, write, temporary =>
        {
            File.Move(temporary, name, overwrite: true);
            return true;
        });
    }

    public void Write(string path, Action<Stream> write)
    {
        var name = Full(path);
        var folder = Path.GetDirectoryName(name)!;
        CreateFolder(folder);
        WriteAndSync(name, write);
        SyncFolder(folder);
    }

    public void Delete(string path)
    {
        try
        {
            File.Delete(Full(path));
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    private static bool ThroughTemporary(string name, Action<Stream> write, Func<string, bool> publish)
    {
        var folder = Path.GetDirectoryName(name)!;
        CreateFolder(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(name)}.{Guid.NewGuid():N}.tmp");
        try
        {
            WriteAndSync(temporary, write);
            var published = publish(temporary);
            if (published) SyncFolder(folder);
            return published;
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    private static void WriteAndSync(string name, Action<Stream> write)
    {
        using var stream = new FileStream(name, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(folder);
        if (parent is not null) CreateFolder(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null) SyncFolder(parent);
    }

    private static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsWindows()) PosixCalls.SyncFolder(folder);
    }

    private static void TryDelete(string name)
    {
        try
        {
            File.Delete(name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A temporary file that stays is ignored by every reader and removed by a vacuum.
        }
    }

    private StoredFile? Describe(FileInfo file)
    {
        try
        {
            return new StoredFile(Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.Length, file.LastWriteTimeUtc);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string Full(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));
}
