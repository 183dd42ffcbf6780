using Bayou.Definitions;

namespace Bayou.Memory;

/// <summary>Rows for a table in memory, and how many it may hold with them.</summary>
[GenerateSerializer, Immutable, Alias("bayou.MemoryAppend")]
public sealed record MemoryAppend
{
    /// <summary>The table that the rows are of.</summary>
    [Id(0)] public required TableDefinition Table { get; init; }

    /// <summary>The rows, in blocks; copies, whose memory is nobody else's.</summary>
    [Id(1)] public required MemoryBlock[] Blocks { get; init; }

    /// <summary>Most rows to hold.</summary>
    [Id(2)] public required int MostRows { get; init; }

    /// <summary>Most bytes of blocks to hold; the last block is held however large.</summary>
    [Id(3)] public required long MostBytes { get; init; }
}
