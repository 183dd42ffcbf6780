using Bayou.Sources;

namespace Bayou.Sinks;

/// <summary>What a cursor is for: a partition of one generation of a source.</summary>
[GenerateSerializer, Immutable, Alias("bayou.CursorKey")]
public readonly record struct CursorKey
{
    /// <summary>The cursor of <paramref name="partition"/> in <paramref name="generation"/>.</summary>
    public CursorKey(TopicPartition partition, int generation) => (Partition, Generation) = (partition, generation);

    /// <summary>The partition.</summary>
    [Id(0)] public TopicPartition Partition { get; init; }

    /// <summary>The source's generation, from 1.</summary>
    [Id(1)] public int Generation { get; init; }

    /// <summary><c>topic@generation-partition</c>.</summary>
    public override string ToString() => $"{Partition.Topic}@{Generation}-{Partition.Partition}";
}
