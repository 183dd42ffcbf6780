using Bayou.Sources;

namespace Bayou.Memory;

/// <summary>A <see cref="Slices.RowBlock"/> of one partition, on its way to memory.</summary>
[GenerateSerializer, Immutable, Alias("bayou.MemoryBlock")]
public sealed record MemoryBlock
{
    /// <summary>The partition.</summary>
    [Id(0)] public required TopicPartition Partition { get; init; }

    /// <summary>The source's generation.</summary>
    [Id(1)] public required int Generation { get; init; }

    /// <summary>The block.</summary>
    [Id(2)] public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The first row that counts.</summary>
    [Id(3)] public required int FirstRow { get; init; }
}
