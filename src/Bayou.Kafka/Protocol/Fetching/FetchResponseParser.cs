using System.Diagnostics;
using System.Text;
using Bayou.Kafka.Records;

namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>
/// Reads a fetch response while it arrives, so that records can be received straight into buffers of their own. Pure: it is given bytes, and says
/// how many it used. The steps are Header, then for each partition Partition, the records, PartitionEnd, and at last End.
/// </summary>
internal sealed class FetchResponseParser
{
    /// <summary>Bytes within which the parser always gets on: a read-ahead buffer of this size is enough.</summary>
    public const int MaxLookAhead = 4096;

    private const int MaxTopicNameBytes = 1024;
    private readonly FetchTags _tags = new();
    private readonly short _version;
    private readonly bool _flexible;
    private State _state = State.Header;
    private int _topicsLeft;
    private int _partitionsLeft;
    private List<AbortedTransaction>? _aborted;
    private int _abortedLeft;
    private FetchedPartition _partition;

    /// <summary>A parser for one response.</summary>
    /// <param name="version">The request's version.</param>
    /// <param name="size">Bytes of the response's body, which follows its header.</param>
    public FetchResponseParser(short version, int size)
    {
        (_version, BytesLeft) = (version, size);
        _flexible = version >= 12;
    }

    private enum State { Header, Topic, Partition, Aborted, RecordsLength, Records, PartitionEnd, TopicEnd, ResponseEnd, End }

    /// <summary>Bytes of the body that neither the parser nor the caller has taken yet.</summary>
    public int BytesLeft { get; private set; }

    /// <summary>Milliseconds that the broker wants to be left alone.</summary>
    public int ThrottleMs { get; private set; }

    /// <summary>The error of the response as a whole; none below version 7.</summary>
    public BrokerError Error { get; private set; }

    /// <summary>The fetch session; 0 when there is none.</summary>
    public int SessionId { get; private set; }

    /// <summary>The topic of the partition; empty from version 13 on.</summary>
    public string Topic { get; private set; } = "";

    /// <summary>The id of the partition's topic; empty below version 13.</summary>
    public Guid TopicId { get; private set; }

    /// <summary>Valid from the step Partition to PartitionEnd.</summary>
    public ref readonly FetchedPartition Partition => ref _partition;

    /// <summary>Valid at PartitionEnd: where the log diverged, when it has.</summary>
    public EpochEndOffset? Diverging => _tags.Diverging;

    /// <summary>Valid at PartitionEnd: the partition's leader, when this broker is not.</summary>
    public LeaderAndEpoch? CurrentLeader => _tags.CurrentLeader;

    /// <summary>Reads on.</summary>
    /// <param name="available">The response's next bytes, as many as there are.</param>
    /// <param name="consumed">How many of them are used up, even when more are needed.</param>
    /// <exception cref="ProtocolException">These bytes cannot be a fetch response. The parser is useless afterwards.</exception>
    public FetchStep Next(ReadOnlySpan<byte> available, out int consumed)
    {
        consumed = 0;
        available = available[..Math.Min(available.Length, BytesLeft)];
        while (true)
        {
            var reader = new ProtocolReader(available[consumed..], _flexible);
            var step = Advance(ref reader);
            if (reader.IsShort)
            {
                var seen = available.Length - consumed;
                if (seen == BytesLeft) throw new ProtocolException($"The fetch response ends within {Place(_state)}.");
                if (seen >= MaxLookAhead) throw new ProtocolException($"The fetch response: {Place(_state)} does not end within {MaxLookAhead} bytes.");
                return FetchStep.NeedMore;
            }

            consumed += reader.Position;
            BytesLeft -= reader.Position;
            if (step is { } done) return done;
        }
    }

    /// <summary>To be called after the step Partition, when the partition's records were taken out of the stream.</summary>
    public void RecordsTaken()
    {
        Debug.Assert(_state == State.Records, "Only after the step Partition.");
        BytesLeft -= _partition.RecordsLength;
        _state = State.PartitionEnd;
    }

    /// <summary>Reads one element and moves on, or leaves everything as it is when the reader is short. Null when there is nothing to tell yet.</summary>
    private FetchStep? Advance(ref ProtocolReader reader) => _state switch
    {
        State.Header => ReadHeader(ref reader),
        State.Topic => ReadTopic(ref reader),
        State.Partition => ReadPartition(ref reader),
        State.Aborted => ReadAborted(ref reader),
        State.RecordsLength => ReadRecordsLength(ref reader),
        State.Records => throw new InvalidOperationException("The records were not taken."),
        State.PartitionEnd => ReadTags(ref reader, State.Partition),
        State.TopicEnd => ReadTags(ref reader, State.Topic),
        State.ResponseEnd => ReadTags(ref reader, State.End),
        _ => ReadEnd(ref reader),
    };

    private FetchStep? ReadHeader(ref ProtocolReader reader)
    {
        var throttle = reader.ReadInt32();
        var hasSession = _version >= FetchRequest.SessionsFrom;
        var error = hasSession ? (BrokerError)reader.ReadInt16() : BrokerError.None;
        var session = hasSession ? reader.ReadInt32() : 0;
        var topics = ReadCount(ref reader, _version >= FetchRequest.TopicIdsFrom ? 18 : _flexible ? 3 : 6, "number of topics");
        if (reader.IsShort) return null;
        (ThrottleMs, Error, SessionId, _topicsLeft) = (throttle, error, session, Math.Max(0, topics));
        _state = State.Topic;
        return FetchStep.Header;
    }

    private FetchStep? ReadTopic(ref ProtocolReader reader)
    {
        if (_topicsLeft == 0)
        {
            _state = State.ResponseEnd;
            return null;
        }

        var id = Guid.Empty;
        var name = "";
        if (_version >= FetchRequest.TopicIdsFrom)
        {
            id = reader.ReadUuid();
        }
        else
        {
            var length = _flexible ? (long)reader.ReadUnsignedVarint() - 1 : reader.ReadInt16();
            if (!reader.IsShort && length is < 0 or > MaxTopicNameBytes) throw new ProtocolException($"The fetch response has a topic name of {length} bytes.");
            name = Encoding.UTF8.GetString(reader.Take((int)length));
        }

        var partitions = ReadCount(ref reader, _flexible ? 37 : 30, "number of partitions");
        if (reader.IsShort) return null;
        (Topic, TopicId, _partitionsLeft) = (name, id, Math.Max(0, partitions));
        _topicsLeft--;
        _state = State.Partition;
        return null;
    }

    private FetchStep? ReadPartition(ref ProtocolReader reader)
    {
        if (_partitionsLeft == 0)
        {
            _state = State.TopicEnd;
            return null;
        }

        var number = reader.ReadInt32();
        var error = (BrokerError)reader.ReadInt16();
        var highWatermark = reader.ReadInt64();
        var lastStable = reader.ReadInt64();
        var logStart = _version >= 5 ? reader.ReadInt64() : -1;
        var aborted = ReadCount(ref reader, 16, "number of aborted transactions");
        if (reader.IsShort) return null;
        _partition = new FetchedPartition(number, error, highWatermark, lastStable, logStart, aborted < 0 ? null : [], -1, 0);
        _tags.Clear();
        (_aborted, _abortedLeft) = (aborted > 0 ? new List<AbortedTransaction>(Math.Min(aborted, 1024)) : null, Math.Max(0, aborted));
        _partitionsLeft--;
        _state = State.Aborted;
        return null;
    }

    private FetchStep? ReadAborted(ref ProtocolReader reader)
    {
        if (_abortedLeft == 0)
        {
            _state = State.RecordsLength;
            return null;
        }

        var aborted = new AbortedTransaction(reader.ReadInt64(), reader.ReadInt64());
        reader.SkipTags();
        if (reader.IsShort) return null;
        _aborted!.Add(aborted);
        _abortedLeft--;
        return null;
    }

    private FetchStep? ReadRecordsLength(ref ProtocolReader reader)
    {
        var replica = _version >= 11 ? reader.ReadInt32() : -1;
        var length = ReadCount(ref reader, 1, "length of the records");
        if (reader.IsShort) return null;
        _partition = _partition with { Aborted = _aborted ?? _partition.Aborted, PreferredReadReplica = replica, RecordsLength = Math.Max(0, length) };
        _state = State.Records;
        return FetchStep.Partition;
    }

    private FetchStep? ReadTags(ref ProtocolReader reader, State next)
    {
        if (_flexible && !_tags.Advance(ref reader, BytesLeft, ofPartition: next == State.Partition)) return null;
        _state = next;
        return next == State.Partition ? FetchStep.PartitionEnd : null;
    }

    private static string Place(State state) => state switch
    {
        State.Header => "its start",
        State.Topic => "a topic",
        State.Partition => "a partition",
        State.Aborted => "the aborted transactions",
        State.RecordsLength => "the length of the records",
        _ => "the tagged fields",
    };

    /// <summary>Passes what follows the end: brokers of others than Kafka are known to add a byte or two, and clients never minded.</summary>
    private FetchStep? ReadEnd(ref ProtocolReader reader)
    {
        if (BytesLeft == 0) return FetchStep.End;
        reader.Take(Math.Max(1, reader.Remaining));
        return null;
    }

    private int ReadCount(ref ProtocolReader reader, int leastBytes, string what) =>
        FetchBounds.Read(ref reader, _flexible, leastBytes, BytesLeft, what);
}
