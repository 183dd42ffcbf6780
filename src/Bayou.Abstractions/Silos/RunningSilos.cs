namespace Bayou.Silos;

/// <summary>Finds the silos that run on this machine under a folder's <c>.bayou</c>.</summary>
public static class RunningSilos
{
    /// <summary>Name of the folder that holds a state directory per pipeline.</summary>
    public const string FolderName = ".bayou";

    /// <summary>State directories under <paramref name="workingDirectory"/> whose lock is held, with what their holders say of themselves; ordered by path.</summary>
    public static IReadOnlyList<(string Path, SiloRecord Record)> Find(string workingDirectory)
    {
        var folder = new DirectoryInfo(Path.Combine(workingDirectory, FolderName));
        if (!folder.Exists)
            return [];

        var found = new List<(string, SiloRecord)>();
        foreach (var candidate in folder.GetDirectories().OrderBy(directory => directory.FullName, StringComparer.Ordinal))
            if (StateDirectory.FindHolder(candidate.FullName) is { } record)
                found.Add((candidate.FullName, record));
        return found;
    }
}
