using Bayou.Sources;

namespace Bayou.Grains;

/// <summary>The keys of all grains. Names of pipelines, tables and topics have no slash in them.</summary>
internal static class GrainKeys
{
    public static string Table(string pipeline, string table) => $"{pipeline}/{table}/0";

    /// <summary>The owner's table has the owner's name, or is the quarantine.</summary>
    public static string SinkCursors(string pipeline, string owner, string table) => $"{pipeline}/{owner}/{table}";

    public static string Partition(string pipeline, TopicPartition partition) => $"{pipeline}/{partition.Topic}/{partition.Partition}";

    public static string CatchUp(string pipeline, string table, TopicPartition partition) => $"{pipeline}/{table}/{partition.Topic}/{partition.Partition}";

    public static (string Pipeline, string Table) ParseTable(string key)
    {
        var parts = key.Split('/');
        return (parts[0], parts[1]);
    }

    public static (string Pipeline, TopicPartition Partition) ParsePartition(string key)
    {
        var parts = key.Split('/');
        return (parts[0], new TopicPartition(parts[1], int.Parse(parts[2])));
    }

    public static (string Pipeline, string Table, TopicPartition Partition) ParseCatchUp(string key)
    {
        var parts = key.Split('/');
        return (parts[0], parts[1], new TopicPartition(parts[2], int.Parse(parts[3])));
    }
}
