using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Bayou.Sinks.Delta;

/// <summary>The system calls for durable files that .NET does not offer: <c>link</c>, and <c>fsync</c> of a folder.</summary>
internal static partial class PosixCalls
{
    private const int FileExists = 17; // EEXIST, the same on Linux and macOS
    private const int ReadOnly = 0;

    /// <summary>Gives the file a second name unless that name is taken; false when it is.</summary>
    /// <exception cref="IOException">The file system refused; the message has its reason.</exception>
    public static bool TryLink(string existing, string name)
    {
        if (Link(existing, name) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        return error == FileExists ? false : throw Failure("link (the file system must have hard links)", name, error);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    /// <exception cref="IOException">The file system refused; the message has its reason.</exception>
    public static void SyncFolder(string folder)
    {
        var handle = Open(folder, ReadOnly);
        if (handle < 0) throw Failure("open", folder, Marshal.GetLastPInvokeError());
        try
        {
            if (FSync(handle) != 0) throw Failure("fsync", folder, Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failure(string call, string path, int error) =>
        new($"{call} of {path} failed: {new Win32Exception(error).Message}");

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
