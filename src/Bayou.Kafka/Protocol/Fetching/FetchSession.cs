using System.Runtime.InteropServices;

namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>
/// The client's side of a fetch session with one broker (KIP-227): the broker remembers the partitions asked for, so that a request tells only what
/// changed, and a response only what is new. Each <see cref="Prepare"/> is followed by one <see cref="Accept"/>, <see cref="Refuse"/> or <see cref="Lose"/>.
/// </summary>
internal sealed class FetchSession
{
    private readonly Dictionary<(string Topic, int Partition), Sent> _sent = [];
    private int _id;
    private int _epoch;
    private bool _hasTopicIds;
    private int _round;

    /// <summary>Whether the next request names all partitions.</summary>
    public bool IsFull => _epoch == 0;

    /// <summary>The epoch of the request after one with <paramref name="epoch"/>; 0 does not come back, as it means a new session.</summary>
    public static int EpochAfter(int epoch) => epoch == int.MaxValue ? 1 : epoch + 1;

    /// <summary>Fills the session and the partitions of <paramref name="request"/>.</summary>
    /// <param name="request">What it held of these is replaced.</param>
    /// <param name="wanted">Each partition at most once, those of one topic side by side.</param>
    /// <param name="hasTopicIds">Whether the version names topics by their ids; when that changes, the session begins anew.</param>
    public void Prepare(FetchRequest request, ReadOnlySpan<FetchRequestPartition> wanted, bool hasTopicIds)
    {
        request.Partitions.Clear();
        request.Forgotten.Clear();
        if (hasTopicIds != _hasTopicIds) Lose();
        _hasTopicIds = hasTopicIds;
        if (IsFull) _sent.Clear();
        _round++;
        foreach (ref readonly var partition in wanted) Add(request, in partition);
        if (_sent.Count > wanted.Length) ForgetTheRest(request);
        (request.SessionId, request.SessionEpoch) = (_id, _epoch);
    }

    /// <summary>The response came whole and without an error of its own.</summary>
    /// <param name="sessionId">As the response has it; 0 when the broker keeps no session, and below version 7.</param>
    public void Accept(int sessionId)
    {
        // A broker whose sessions are all taken answers 0; asking again each time costs nothing, as the request must be full anyway.
        if (sessionId != 0 && (IsFull || sessionId == _id))
            (_id, _epoch) = (sessionId, EpochAfter(_epoch));
        else
            (_id, _epoch) = (0, 0);
    }

    /// <summary>The response is an error as a whole: the session begins anew.</summary>
    public void Refuse(BrokerError error)
    {
        Lose();
        if (error == BrokerError.FetchSessionIdNotFound) _id = 0;
    }

    /// <summary>
    /// It is not known what the broker made of the request: no response, or only a part of it. The session begins anew. The next request still
    /// has the old id, by which the broker gives up the old session for the new one.
    /// </summary>
    public void Lose() => _epoch = 0;

    private void Add(FetchRequest request, ref readonly FetchRequestPartition partition)
    {
        ref var sent = ref CollectionsMarshal.GetValueRefOrAddDefault(_sent, (partition.Topic, partition.Partition), out var exists);
        // By name, the broker takes the new topic for the old one; forgetting that name would lose it.
        if (exists && _hasTopicIds && sent.Partition.TopicId != partition.TopicId)
            request.Forgotten.Add(new ForgottenPartition(partition.Topic, sent.Partition.TopicId, partition.Partition));
        if (!exists || sent.Partition != partition) request.Partitions.Add(partition);
        sent = new Sent(partition, _round);
    }

    private void ForgetTheRest(FetchRequest request)
    {
        foreach (var (key, sent) in _sent)
        {
            if (sent.Round == _round) continue;
            request.Forgotten.Add(new ForgottenPartition(key.Topic, sent.Partition.TopicId, key.Partition));
            _sent.Remove(key);
        }
    }

    private readonly record struct Sent(FetchRequestPartition Partition, int Round);
}
