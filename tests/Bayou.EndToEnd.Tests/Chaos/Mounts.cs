using System.Diagnostics;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>File systems that are small, refuse to be written to, or give no answer; they need the rights of root.</summary>
internal static class Mounts
{
    /// <summary>Puts a file system in memory, of so many bytes, over a folder.</summary>
    /// <exception cref="LeftOutException">This user may not mount.</exception>
    public static void Small(string folder, long bytes) => Need("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", folder);

    /// <summary>Makes every change of what is in a folder fail: with a mount, else by its permissions, which root does not heed.</summary>
    /// <exception cref="LeftOutException">Neither is possible.</exception>
    public static void Freeze(string folder)
    {
        if (Environment.UserName != "root")
        {
            Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            return;
        }

        Need("mount", "--bind", folder, folder);
        Need("mount", "-o", "remount,bind,ro", folder);
    }

    /// <summary>Ends what <see cref="Freeze"/> began.</summary>
    public static void Thaw(string folder)
    {
        if (Environment.UserName != "root") Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Lazily, because a process may be looking at it just now.
        else Need("umount", "-l", folder);
    }

    /// <summary>Gives a folder a file system of its own, of so many bytes, kept in a file.</summary>
    /// <exception cref="LeftOutException">It is not possible here.</exception>
    public static void Own(string folder, string image, long bytes)
    {
        using (var file = File.Create(image)) file.SetLength(bytes);
        Need("mkfs.ext4", "-q", "-F", image);
        Need("mount", "-o", "loop", image, folder);
        Directory.Delete(Path.Combine(folder, "lost+found"));
    }

    /// <summary>Makes every write to a folder with a file system of its own wait. A process that waits so cannot even be killed.</summary>
    public static void Stall(string folder) => Need("fsfreeze", "-f", folder);

    /// <summary>Ends what <see cref="Stall"/> began.</summary>
    public static void Resume(string folder) => Need("fsfreeze", "-u", folder);

    /// <summary>Ends every stall at or under a folder.</summary>
    public static void ResumeAll(string folder)
    {
        foreach (var point in Points(folder))
        {
            try
            {
                Resume(point);
            }
            catch (LeftOutException)
            {
                // It did not stall.
            }
        }
    }

    /// <summary>Takes away what is mounted at or under a folder, the deepest first.</summary>
    public static void Release(string folder)
    {
        foreach (var point in Points(folder)) Need("umount", "-l", point);
    }

    // The latest first, which is the deepest.
    private static string[] Points(string folder) => !OperatingSystem.IsLinux() ? []
        : [.. File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1]).Where(point => point.StartsWith(folder + "/", StringComparison.Ordinal)).Reverse()];

    private static void Permit(string folder, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) throw new LeftOutException("folders cannot be frozen on Windows");
        foreach (var part in (string[])[Path.Combine(folder, "_delta_log"), folder])
            File.SetUnixFileMode(part, mode);
    }

    private static void Need(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new LeftOutException($"{program} {string.Join(' ', arguments)} is not possible here: {error.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new LeftOutException($"{program} is not possible here: {exception.Message}");
        }
    }
}
