using System.Runtime.InteropServices;

namespace Bayou.Storage;

/// <summary>Changes to files that are on the disk when they return.</summary>
internal static partial class DurableFile
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>
    /// Puts the bytes in the file's place: a crash leaves the old file or the new one. Only the owner can read it or enter its
    /// folder, which is made when it is missing, as the folder above it is.
    /// </summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(directory))
        {
            var above = Path.GetDirectoryName(directory)!;
            if (!Directory.Exists(above)) Make(above);
            Make(directory);
        }
        else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(directory) != FolderMode700)
        {
            File.SetUnixFileMode(directory, FolderMode700);
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileMode600;
            using (var file = new FileStream(temporary, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        Flush(directory);
    }

    /// <summary>Removes the file, if there is one.</summary>
    public static void Delete(string path)
    {
        if (!File.Exists(path)) return;
        File.Delete(path);
        Flush(Path.GetDirectoryName(path)!);
    }

    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, FolderMode700);
        Flush(Path.GetDirectoryName(directory)!);
    }

    // A renamed or removed name is on the disk only when its folder is. Windows does that by itself.
    private static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(directory, 0);
        if (descriptor < 0) throw new IOException($"{directory} could not be opened to flush it (error {Marshal.GetLastPInvokeError()}).");
        var failed = Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed) throw new IOException($"{directory} could not be flushed to the disk (error {error}).");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
