using Bayou.Sources;

namespace Bayou.Slices;

/// <summary>
/// The rows, and the bad rows, that one micro-batch has for one table: all that the table gets of the partition in <c>[From, Next)</c>.
/// </summary>
/// <remarks>
/// One owner: whoever holds it last calls <see cref="ReleaseOnce"/>. A table that accepts it in the same process takes the buffer with
/// <see cref="TakeBuffer"/>; the router then finds nothing left to return. A copy that came from another silo has no pooled buffer.
/// </remarks>
[GenerateSerializer, Immutable, Alias("bayou.Slice")]
public sealed class Slice
{
    [NonSerialized] private PooledBuffer? _buffer;

    /// <summary>For serializers.</summary>
    public Slice() { }

    /// <summary>A slice whose payload lies in <paramref name="buffer"/>.</summary>
    public Slice(PooledBuffer? buffer) => _buffer = buffer;

    /// <summary>The partition.</summary>
    [Id(0)] public TopicPartition Source { get; init; }

    /// <summary>The source's generation, from 1.</summary>
    [Id(1)] public int Generation { get; init; }

    /// <summary>Version of the definition that it was routed under.</summary>
    [Id(2)] public int Version { get; init; }

    /// <summary><c>Next</c> of the last slice that the table accepted from this partition, as the partition knows it, and where this slice ends.</summary>
    [Id(3)] public OffsetRange Range { get; init; }

    /// <summary>The <see cref="RowBlock"/> of rows; empty when there are none.</summary>
    [Id(4)] public ReadOnlyMemory<byte> Rows { get; init; }

    /// <summary>The <see cref="RowBlock"/> of rows for quarantine, in the columns of <see cref="Definitions.QuarantineTable"/>; empty when there are none.</summary>
    [Id(5)] public ReadOnlyMemory<byte> Quarantined { get; init; }

    /// <summary>Bytes of payload.</summary>
    public int SizeBytes => Rows.Length + Quarantined.Length;

    /// <summary>Takes the buffer over: the caller returns it to its pool. Null when it was taken before or there is none.</summary>
    public PooledBuffer? TakeBuffer() => Interlocked.Exchange(ref _buffer, null);

    /// <summary>Returns the buffer to its pool unless it was taken before.</summary>
    public void ReleaseOnce() => TakeBuffer()?.Return();
}
