using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>The shape that many requests and responses share: topics by name, partitions in each.</summary>
internal static class TopicGroups
{
    /// <summary>Reads what follows a partition's start.</summary>
    public delegate T PartitionReader<out T>(ref ProtocolReader reader, string topic);

    /// <summary>Writes <paramref name="items"/> by topic. Not for hot paths.</summary>
    public static void Write<T>(ProtocolWriter writer, IReadOnlyList<T> items, Func<T, TopicPartition> partitionOf, Action<T> writePartition)
    {
        var topics = items.GroupBy(item => partitionOf(item).Topic).ToList();
        writer.WriteArrayLength(topics.Count);
        foreach (var topic in topics)
        {
            writer.WriteString(topic.Key);
            writer.WriteArrayLength(topic.Count());
            foreach (var item in topic)
            {
                writePartition(item);
                writer.WriteNoTags();
            }

            writer.WriteNoTags();
        }
    }

    /// <summary>Reads all partitions of all topics, each of which takes at least <paramref name="leastBytes"/> bytes.</summary>
    public static IReadOnlyList<T> Read<T>(ref ProtocolReader reader, int leastBytes, PartitionReader<T> readPartition)
    {
        var items = new List<T>();
        for (var topics = reader.ReadArrayLength(2); topics > 0 && !reader.IsShort; topics--)
        {
            var topic = reader.ReadString();
            for (var partitions = reader.ReadArrayLength(leastBytes); partitions > 0 && !reader.IsShort; partitions--)
            {
                items.Add(readPartition(ref reader, topic));
                reader.SkipTags();
            }

            reader.SkipTags();
        }

        return items;
    }
}
