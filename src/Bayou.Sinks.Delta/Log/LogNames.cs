using System.Globalization;

namespace Bayou.Sinks.Delta;

/// <summary>Names of the files of a table's log.</summary>
internal static class LogNames
{
    public const string Folder = "_delta_log";

    public const string LastCheckpoint = Folder + "/_last_checkpoint";

    private const int Digits = 20;

    /// <summary>Path of the commit that makes <paramref name="version"/>.</summary>
    public static string Commit(long version) => $"{Folder}/{version:D20}.json";

    /// <summary>Path of a checkpoint in one file.</summary>
    public static string Checkpoint(long version) => $"{Folder}/{version:D20}.checkpoint.parquet";

    /// <summary>The version that a commit's file name says, or null when it is no commit.</summary>
    public static long? ParseCommit(string name) =>
        name.Length == Digits + 5 && name.EndsWith(".json", StringComparison.Ordinal) ? ParseVersion(name.AsSpan(0, Digits)) : null;

    /// <summary>What a checkpoint's file name says, or null when it is no checkpoint.</summary>
    public static CheckpointName? ParseCheckpoint(string name)
    {
        var parts = name.Split('.');
        if (parts.Length < 3 || parts[1] != "checkpoint" || parts[0].Length != Digits || ParseVersion(parts[0]) is not { } version) return null;
        return parts switch
        {
            [_, _, "parquet"] => new CheckpointName(version, name, 1, 1),
            [_, _, var part, var of, "parquet"] when int.TryParse(part, out var p) && int.TryParse(of, out var n) => new CheckpointName(version, name, p, n),
            [_, _, _, "parquet" or "json"] => new CheckpointName(version, name, 0, 0),
            _ => null,
        };
    }

    /// <summary>True for a commit, checkpoint, checksum or compacted log whose contents a checkpoint of <paramref name="version"/> replaces.</summary>
    public static bool ExpiresWith(string name, long version)
    {
        if (name.Length <= Digits || name[Digits] != '.' || ParseVersion(name.AsSpan(0, Digits)) is not { } first) return false;
        return name.AsSpan(Digits) switch
        {
            ".json" or ".crc" => first < version,
            var rest when rest.StartsWith(".checkpoint.") => first < version,
            var rest when rest.EndsWith(".compacted.json") => first <= version,
            _ => false,
        };
    }

    // The last number has none after it.
    private static long? ParseVersion(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version < long.MaxValue ? version : null;
}
