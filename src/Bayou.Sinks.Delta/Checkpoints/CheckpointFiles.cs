namespace Bayou.Sinks.Delta;

/// <summary>A checkpoint that is complete.</summary>
/// <param name="Version">The version that it holds.</param>
/// <param name="Paths">Its files.</param>
internal sealed record CheckpointFiles(long Version, IReadOnlyList<string> Paths)
{
    /// <summary>The newest complete checkpoint among the names of the log's files, or null. The log's own pointer to it is only a hint, and not needed.</summary>
    /// <exception cref="SinkException">There are only checkpoints of the v2 format, and the log does not go back to its beginning.</exception>
    public static CheckpointFiles? FindNewest(IReadOnlyList<string> names, string location)
    {
        var parts = names.Select(LogNames.ParseCheckpoint).OfType<CheckpointName>().ToArray();
        foreach (var version in parts.Select(part => part.Version).Distinct().OrderDescending())
        {
            var same = parts.Where(part => part.Version == version).ToArray();
            if (same.FirstOrDefault(part => part.Parts == 1) is { Parts: 1 } whole) return new CheckpointFiles(version, [$"{LogNames.Folder}/{whole.Name}"]);
            foreach (var set in same.Where(part => part.Parts > 1).GroupBy(part => part.Parts))
                if (set.Select(part => part.Part).Distinct().Count() == set.Key)
                    return new CheckpointFiles(version, [.. set.OrderBy(part => part.Part).Select(part => $"{LogNames.Folder}/{part.Name}")]);
        }

        if (parts.Any(part => part.Parts == 0) && names.Select(LogNames.ParseCommit).OfType<long>().DefaultIfEmpty(-1).Min() != 0)
            throw new SinkException(SinkErrorKind.Fatal,
                $"Delta table {location} has checkpoints of the v2 format, which are not supported. Nothing is written; make a classic checkpoint, or use another path.");
        return null;
    }
}
