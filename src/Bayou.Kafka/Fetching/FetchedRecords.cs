using Bayou.Kafka.Records;
using Bayou.Slices;

namespace Bayou.Kafka.Fetching;

/// <summary>Record batches of one partition as a broker sent them, one after another in one buffer.</summary>
internal sealed class FetchedRecords
{
    /// <summary>Records in the first <paramref name="length"/> bytes of a buffer, which is theirs from now on.</summary>
    public FetchedRecords(PooledBuffer buffer, int length, IReadOnlyList<AbortedTransaction>? aborted, string broker) =>
        (Buffer, Length, Aborted, Broker) = (buffer, length, aborted, broker);

    /// <summary>The bytes' buffer.</summary>
    public PooledBuffer Buffer { get; }

    /// <summary>Bytes in use, from the buffer's start.</summary>
    public int Length { get; private set; }

    /// <summary>Aborted transactions that concern these records; null when none need to be left out.</summary>
    public IReadOnlyList<AbortedTransaction>? Aborted { get; }

    /// <summary>The broker that sent them, for messages.</summary>
    public string Broker { get; }

    /// <summary>Memory held, in bytes.</summary>
    public int CapacityBytes => Buffer.Array.Length;

    /// <summary>Adds further batches behind these; false when they do not fit, come from elsewhere, or transactions concern either.</summary>
    public bool TryAppend(ReadOnlySpan<byte> batches, IReadOnlyList<AbortedTransaction>? aborted, string broker)
    {
        if (Aborted is { Count: > 0 } || aborted is { Count: > 0 } || broker != Broker || batches.Length > CapacityBytes - Length) return false;
        batches.CopyTo(Buffer.Array.AsSpan(Length));
        Length += batches.Length;
        return true;
    }
}
