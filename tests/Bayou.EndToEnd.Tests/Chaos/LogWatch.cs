using System.Text.Json;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>Follows the Delta logs under a folder commit by commit, without the reader of the product. Not safe for concurrent use.</summary>
internal sealed class LogWatch(string lake)
{
    private readonly Dictionary<string, (long NextVersion, long Rows)> _tables = [];
    private readonly HashSet<int> _moved = [];

    /// <summary>Rows that were added to all tables, the quarantine included.</summary>
    public long AllRows => Look()._tables.Values.Sum(table => table.Rows);

    /// <summary>Commits of all tables.</summary>
    public long Commits => Look()._tables.Values.Sum(table => table.NextVersion);

    /// <summary>Fewest commits that one of the tables has; 0 when there is none.</summary>
    public long FewestCommits => Look()._tables.Values.Select(table => table.NextVersion).DefaultIfEmpty().Min();

    /// <summary>Partitions whose cursor moved, in any table, since <see cref="ForgetMoves"/>.</summary>
    public int MovedPartitions => Look()._moved.Count;

    /// <summary>Rows of one table; 0 while it is not there.</summary>
    public long Rows(string table) => Look()._tables.GetValueOrDefault(table).Rows;

    /// <summary>Rows of all tables but one.</summary>
    public long RowsBut(string table) => AllRows - Rows(table);

    public void ForgetMoves() => Look()._moved.Clear();

    private LogWatch Look()
    {
        if (!Directory.Exists(lake)) return this;
        foreach (var folder in Directory.GetDirectories(lake)) Follow(folder);
        return this;
    }

    // A commit's file appears whole, so what is there can be read.
    private void Follow(string folder)
    {
        var name = Path.GetFileName(folder);
        var (version, rows) = _tables.GetValueOrDefault(name);
        for (; File.Exists(CommitFile(folder, version)); version++)
            foreach (var line in File.ReadLines(CommitFile(folder, version)))
                rows += Read(line);
        _tables[name] = (version, rows);
    }

    private long Read(string line)
    {
        if (line.StartsWith("""{"txn":""", StringComparison.Ordinal))
        {
            using var action = JsonDocument.Parse(line);
            var cursor = action.RootElement.GetProperty("txn").GetProperty("appId").GetString()!;
            if (int.TryParse(cursor[(cursor.LastIndexOf('-') + 1)..], out var partition)) _moved.Add(partition);
            return 0;
        }

        if (!line.StartsWith("""{"add":""", StringComparison.Ordinal)) return 0;
        using var add = JsonDocument.Parse(line);
        using var statistics = JsonDocument.Parse(add.RootElement.GetProperty("add").GetProperty("stats").GetString()!);
        return statistics.RootElement.GetProperty("numRecords").GetInt64();
    }

    private static string CommitFile(string folder, long version) => Path.Combine(folder, "_delta_log", $"{version:D20}.json");
}
