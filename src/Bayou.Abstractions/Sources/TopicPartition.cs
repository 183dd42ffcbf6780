namespace Bayou.Sources;

/// <summary>A partition of a topic.</summary>
[GenerateSerializer, Immutable, Alias("bayou.TopicPartition")]
public readonly record struct TopicPartition
{
    /// <summary>Partition <paramref name="partition"/> of <paramref name="topic"/>.</summary>
    public TopicPartition(string topic, int partition) => (Topic, Partition) = (topic, partition);

    /// <summary>The topic's name.</summary>
    [Id(0)] public string Topic { get; init; }

    /// <summary>The partition's number, from 0.</summary>
    [Id(1)] public int Partition { get; init; }

    /// <summary><c>topic/partition</c>.</summary>
    public override string ToString() => $"{Topic}/{Partition}";
}
