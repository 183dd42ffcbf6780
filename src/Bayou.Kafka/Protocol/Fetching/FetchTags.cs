namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>
/// Reads the tagged fields at the end of a structure of a fetch response piece by piece, since those that this client does not know may be longer
/// than any buffer.
/// </summary>
internal sealed class FetchTags
{
    private const int MaxKnownBytes = 1024;
    private bool _begun;
    private int _left;
    private int _skip;

    /// <summary>Of a partition: where the log diverged.</summary>
    public EpochEndOffset? Diverging { get; private set; }

    /// <summary>Of a partition: its leader.</summary>
    public LeaderAndEpoch? CurrentLeader { get; private set; }

    /// <summary>Forgets what was read of the last partition.</summary>
    public void Clear() => (Diverging, CurrentLeader) = (null, null);

    /// <summary>Reads one element; a short reader changes nothing. True when it was the last one of the structure.</summary>
    /// <param name="reader">Of a flexible version.</param>
    /// <param name="bytesLeft">Bytes of the response from the reader's start.</param>
    /// <param name="ofPartition">Whether the structure is a partition, whose fields are kept.</param>
    /// <exception cref="ProtocolException">A count or length that cannot be true.</exception>
    public bool Advance(ref ProtocolReader reader, int bytesLeft, bool ofPartition)
    {
        if (!_begun) Begin(ref reader, bytesLeft);
        else if (_skip > 0) Skip(ref reader);
        else ReadField(ref reader, bytesLeft, ofPartition);
        if (reader.IsShort || _left > 0 || _skip > 0) return false;
        _begun = false;
        return true;
    }

    private void Begin(ref ProtocolReader reader, int bytesLeft)
    {
        var count = reader.ReadUnsignedVarint();
        if (reader.IsShort) return;
        _left = FetchBounds.Check(count, 2, bytesLeft - reader.Position, "number of tagged fields");
        _begun = true;
    }

    private void Skip(ref ProtocolReader reader)
    {
        // Nothing there: makes the reader short, which asks for more.
        if (reader.Remaining == 0) reader.Take(1);
        else _skip -= reader.Take(Math.Min(_skip, reader.Remaining)).Length;
    }

    private void ReadField(ref ProtocolReader reader, int bytesLeft, bool ofPartition)
    {
        var tag = reader.ReadUnsignedVarint();
        var size = reader.ReadUnsignedVarint();
        if (reader.IsShort) return;
        var length = FetchBounds.Check(size, 1, bytesLeft - reader.Position, "length of a tagged field");
        if (ofPartition && tag <= 1)
        {
            if (length > MaxKnownBytes) throw Wrong(tag, length);
            var content = reader.Take(length);
            if (reader.IsShort) return;
            ReadKnown(tag, content);
        }
        else
        {
            _skip = length;
        }

        _left--;
    }

    private void ReadKnown(uint tag, ReadOnlySpan<byte> content)
    {
        var reader = new ProtocolReader(content, flexible: true);
        if (tag == 0) Diverging = new EpochEndOffset(reader.ReadInt32(), reader.ReadInt64());
        else CurrentLeader = new LeaderAndEpoch(reader.ReadInt32(), reader.ReadInt32());
        if (reader.IsShort) throw Wrong(tag, content.Length);
    }

    private static ProtocolException Wrong(uint tag, int length) =>
        new($"The fetch response's {(tag == 0 ? "diverging epoch" : "current leader")} of a partition has {length} bytes.");
}
