namespace Bayou.Kafka.Tests.Pages;

/// <summary>The page about this source, docs/sources/kafka.md.</summary>
internal static class KafkaPage
{
    private static readonly string Text = File.ReadAllText(Locate("docs/sources/kafka.md")).ReplaceLineEndings("\n");

    /// <summary>The text below a heading, up to the next one.</summary>
    public static string Section(string heading)
    {
        var from = Text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(from >= 0, $"The page has no heading '{heading}'.");
        var rest = Text[(from + heading.Length + 2)..];
        var to = rest.IndexOf("\n#", StringComparison.Ordinal);
        return to < 0 ? rest : rest[..to];
    }

    private static string Locate(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) return Path.Combine(folder.FullName, relative);
        throw new InvalidOperationException($"No repository around {AppContext.BaseDirectory}.");
    }
}
