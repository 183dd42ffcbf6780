using System.Text.Json.Nodes;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>Does to a Delta table what a faulty writer would, through its log.</summary>
internal static class DamagedTable
{
    /// <summary>Adds the newest data file a second time.</summary>
    public static void AddFileAgain(string table)
    {
        var add = LastAdd(table);
        var path = (string)add["path"]!;
        var copy = path.Replace(".parquet", "-again.parquet");
        File.Copy(Path.Combine(table, Uri.UnescapeDataString(path)), Path.Combine(table, Uri.UnescapeDataString(copy)));
        add["path"] = copy;
        Commit(table, new JsonObject { ["add"] = add.DeepClone() });
    }

    /// <summary>Takes the newest data file out.</summary>
    public static void RemoveFile(string table)
    {
        var add = LastAdd(table);
        Commit(table, new JsonObject
        {
            ["remove"] = new JsonObject { ["path"] = (string)add["path"]!, ["deletionTimestamp"] = 1, ["dataChange"] = true, ["extendedFileMetadata"] = false },
        });
    }

    private static string[] Log(string table) => [.. Directory.GetFiles(Path.Combine(table, "_delta_log"), "*.json").Where(file => Path.GetFileName(file).Length == 25).Order(StringComparer.Ordinal)];

    private static JsonObject LastAdd(string table) =>
        Log(table).SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!["add"] as JsonObject).Last(add => add is not null)!;

    private static void Commit(string table, JsonObject action)
    {
        var version = long.Parse(Path.GetFileNameWithoutExtension(Log(table)[^1])) + 1;
        File.WriteAllText(Path.Combine(table, "_delta_log", $"{version:00000000000000000000}.json"), action.ToJsonString() + "\n");
    }
}
