using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads when a table commits.</summary>
internal static class CommitSection
{
    private static readonly TimeSpan LeastEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MostEvery = TimeSpan.FromHours(1);

    /// <summary>The policy; null when something was wrong with it, which is reported.</summary>
    public static CommitPolicy? Read(MapEntry entry, ProblemList problems)
    {
        if (MapSection.Open(entry.Key, entry.Value, FileKeys.Commit, problems) is not { } section) return null;
        var standard = new CommitPolicy();
        var every = section["every"] is { } e ? ScalarReader.Duration(e, "every", LeastEvery, MostEvery, problems) : standard.Every;
        var rows = section["rows"] is { } r ? ScalarReader.Count(r, "rows", problems) : standard.Rows;
        var bytes = section["bytes"] is { } b ? ScalarReader.Size(b, "bytes", 1 << 20, "1MiB", problems) : standard.Bytes;
        return every is null || rows is null || bytes is null ? null : new CommitPolicy { Every = every.Value, Rows = rows.Value, Bytes = bytes.Value };
    }
}
