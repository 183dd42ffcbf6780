using Bayou.Kafka.Records;
using Bayou.Slices;

namespace Bayou.Kafka.Fetching;

/// <summary>Record batches of one partition as a broker sent them, one after another in one buffer.</summary>
internal sealed class FetchedRecords
{
    /// <summary>Records in the first <paramref name="length"/> bytes of a buffer, which is theirs from now on.</summary>
    public FetchedRecords(FetchPosition from, PooledBuffer buffer, int length, IReadOnlyList<AbortedTransaction>? aborted, string broker) =>
        (From, Buffer, Length, Aborted, Broker) = (from, buffer, length, aborted, broker);

    /// <summary>The position that they were asked for at.</summary>
    public FetchPosition From { get; }

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

    /// <summary>The batches' bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Buffer.Array.AsSpan(0, Length);

    /// <summary>Leader epoch of the batch that holds what comes before <paramref name="offset"/>, which was read of these or is where they begin; -1 when it is not known.</summary>
    public int EpochBefore(long offset) => RecordSetWalk.EpochBefore(Bytes, offset) ?? From.Epoch;

    /// <summary>Adds the batches of <paramref name="next"/> behind these; false when they do not fit, come from elsewhere, or transactions concern either.</summary>
    public bool TryAppend(FetchedRecords next)
    {
        if (Aborted is { Count: > 0 } || next.Aborted is { Count: > 0 } || next.Broker != Broker || next.Length > CapacityBytes - Length) return false;
        next.Bytes.CopyTo(Buffer.Array.AsSpan(Length));
        Length += next.Length;
        return true;
    }

    /// <summary>The same batches in a larger buffer, which takes the place of their own.</summary>
    public FetchedRecords MovedTo(PooledBuffer larger)
    {
        Bytes.CopyTo(larger.Array);
        Buffer.Return();
        return new FetchedRecords(From, larger, Length, Aborted, Broker);
    }
}
