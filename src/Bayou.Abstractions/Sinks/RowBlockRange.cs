using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Sinks;

/// <summary>Rows for a sink: those of a <see cref="RowBlock"/> from <see cref="FirstRow"/> on. The rows before were committed earlier.</summary>
/// <param name="Partition">Where the rows came from.</param>
/// <param name="Generation">The source's generation, from 1.</param>
/// <param name="Block">Bytes of the block; they stay the host's, and are valid until the commit returns or throws.</param>
/// <param name="FirstRow">Index of the first row to write.</param>
public readonly record struct RowBlockRange(TopicPartition Partition, int Generation, ReadOnlyMemory<byte> Block, int FirstRow)
{
    /// <summary>The block, to be read in place.</summary>
    public RowBlock Open() => new(Block.Span);

    /// <summary>Number of rows to write.</summary>
    public int Rows => Open().Rows - FirstRow;
}
