namespace Bayou.Cli.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    /// <summary>Absolute path of a file, given from the repository's root.</summary>
    public static string Locate(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) return Path.Combine(folder.FullName, relative);
        throw new InvalidOperationException($"No repository around {AppContext.BaseDirectory}.");
    }
}
