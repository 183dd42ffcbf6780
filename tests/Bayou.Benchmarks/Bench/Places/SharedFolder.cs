namespace Bayou.Benchmarks.Bench.Places;

/// <summary>Tools that a machine may have for tests: in a folder that is named, else in a folder <c>shared</c> beside an ancestor of this program.</summary>
/// <param name="named">The folder; null to look for it.</param>
internal sealed class SharedFolder(string? named)
{
    /// <summary>The script that runs a real broker; null when it is not here.</summary>
    public string? Kafka => Find("kafka", "kafka-local");

    /// <summary>The path of a file in it; null when it is not here.</summary>
    public string? Find(params string[] parts)
    {
        if (named is not null) return Existing(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Existing(Path.Combine(folder.FullName, "shared")) is { } found) return found;
        return null;

        string? Existing(string root) => Path.Combine([root, .. parts]) is var path && File.Exists(path) ? path : null;
    }
}
