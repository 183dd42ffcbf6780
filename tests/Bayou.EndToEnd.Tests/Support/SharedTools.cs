namespace Bayou.EndToEnd.Tests.Support;

/// <summary>Tools that tests use where a machine has them: in the folder that BAYOU_SHARED names, else in a folder <c>shared</c> beside an ancestor of this assembly.</summary>
internal static class SharedTools
{
    /// <summary>The script that runs a real broker, or null.</summary>
    public static string? Kafka { get; } = Find("kafka", "kafka-local");

    /// <summary>The script that reads Delta tables with readers that Bayou did not write, or null.</summary>
    public static string? Lake { get; } = Find("readers", "lake");

    private static string? Find(params string[] parts)
    {
        if (Environment.GetEnvironmentVariable("BAYOU_SHARED") is { Length: > 0 } shared) return Existing(shared);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Existing(Path.Combine(folder.FullName, "shared")) is { } found) return found;
        return null;

        string? Existing(string root) => Path.Combine([root, .. parts]) is var path && File.Exists(path) ? path : null;
    }
}
