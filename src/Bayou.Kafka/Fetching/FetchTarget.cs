using Bayou.Kafka.Cluster;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// One reader's partition as the fetch loops see it: where its records are fetched from, and what is in the way. Guarded by its group's lock. Times are
/// milliseconds of the environment's tick count.
/// </summary>
internal sealed class FetchTarget(ReadAhead ahead)
{
    private const long ReplicaForMilliseconds = 300_000;
    private const long FirstWaitMilliseconds = 20;
    private const long LongestWaitMilliseconds = 1_000;

    // A broker may not know a topic for a moment after its start, or after the topic's. Denied this often and this long, it is not there.
    private const int Denials = 3;
    private const long DeniedMilliseconds = 2_000;

    // Leaders that move are found within so many attempts; then it is waited even when the next one is another.
    private const int LossesInARow = 3;
    private int _losses;
    private int _denied;
    private long _deniedSince;
    private long _replicaUntil;
    private long _undecodableAt = -1;
    private int _undecodable;

    /// <summary>What is fetched goes here.</summary>
    public ReadAhead Ahead => ahead;

    /// <summary>The id of the topic that is read; empty while brokers have not told one.</summary>
    public Guid TopicId { get; private set; }

    /// <summary>The leader's node id; -1 while it must be looked for.</summary>
    public int Leader { get; private set; } = -1;

    /// <summary>The epoch of the leader that was known last; -1 when it is not known.</summary>
    public int LeaderEpoch { get; private set; } = -1;

    /// <summary>A follower that the leader named to fetch from; -1 for none.</summary>
    public int Replica { get; private set; } = -1;

    /// <summary>Until when the leader must not name a follower, because the last one was of no use.</summary>
    public long LeaderOnlyUntil { get; private set; }

    /// <summary>Whether it must be made sure that the leader's log still holds what was read before.</summary>
    public bool MustValidate { get; set; }

    /// <summary>Not to be asked for before this time.</summary>
    public long NotBefore { get; set; }

    /// <summary>How often the leader was lost since the partition was fetched last.</summary>
    public int Losses => _losses;

    /// <summary>Since when nothing could be fetched; -1 when all is well.</summary>
    public long TroubledSince { get; private set; } = -1;

    /// <summary>When a waiting reader is told of the trouble (again).</summary>
    public long NextNotice { get; set; }

    /// <summary>What is in the way, as a sentence.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>What kind of failure it is.</summary>
    public SourceErrorKind TroubleKind { get; private set; }

    /// <summary>The node to fetch from; -1 while it is not known.</summary>
    public int Node => Replica >= 0 ? Replica : Leader;

    /// <summary>Something is in the way. A waiting reader is told once it has lasted for <paramref name="patience"/> milliseconds.</summary>
    public void Report(SourceErrorKind kind, string trouble, long now, long patience)
    {
        // What will not pass by itself is told sooner.
        if (TroubledSince < 0 || kind != TroubleKind) NextNotice = Math.Min(TroubledSince < 0 ? long.MaxValue : NextNotice, now + patience);
        if (TroubledSince < 0) TroubledSince = now;
        (TroubleKind, Trouble) = (kind, trouble);
    }

    /// <summary>The partition was fetched.</summary>
    public void Clear()
    {
        TroubledSince = -1;
        (_losses, _denied) = (0, 0);
    }

    /// <summary>What lies at <paramref name="offset"/> could not be decoded. Returns how often that was so.</summary>
    public int CountUndecodable(long offset)
    {
        if (_undecodableAt != offset) (_undecodableAt, _undecodable) = (offset, 0);
        return ++_undecodable;
    }

    /// <summary>The cluster denies that the topic or partition exists. True once it has done so often and long enough to be believed.</summary>
    public bool Deny(long now)
    {
        if (_denied++ == 0) _deniedSince = now;
        return _denied >= Denials && now - _deniedSince >= DeniedMilliseconds;
    }

    /// <summary>The cluster knows the topic and the partition.</summary>
    public void Admit() => _denied = 0;

    /// <summary>The leader must be looked for again; <paramref name="isBlamed"/> when it answered, but not as the leader.</summary>
    public void Lose(bool isBlamed)
    {
        if (isBlamed) _losses++;
        (Leader, Replica) = (-1, -1);
    }

    /// <summary>The leader names a follower to fetch from, or -1 for none. True when that is another one than before.</summary>
    public bool Redirect(int replica, long now)
    {
        if (replica < 0 || replica == Leader || replica == Replica || now < LeaderOnlyUntil) return false;
        (Replica, _replicaUntil) = (replica, now + ReplicaForMilliseconds);
        return true;
    }

    /// <summary>Now and then the leader is asked again whether the follower is still the right one. True when that is now.</summary>
    public bool ReturnToLeader(long now)
    {
        if (Replica < 0 || now <= _replicaUntil) return false;
        Replica = -1;
        return true;
    }

    /// <summary>The follower is of no use: the leader is asked, and must serve itself for a while.</summary>
    public void LeaveReplica(long now)
    {
        Replica = -1;
        LeaderOnlyUntil = now + ReplicaForMilliseconds;
    }

    /// <summary>The id of another topic that has the name now; null when it is the same one, as far as is known.</summary>
    public Guid? MadeAnewIn(ClusterView view) =>
        view.Topics.GetValueOrDefault(ahead.Source.Topic) is { Error: BrokerError.None } topic && topic.Id != Guid.Empty && TopicId != Guid.Empty && topic.Id != TopicId ? topic.Id : null;

    /// <summary>Goes to the leader that <paramref name="view"/> names. True when the partition is fetched from another node, or otherwise, from now on.</summary>
    public bool Follow(ClusterView view, long now)
    {
        var partition = ahead.Source;
        if (view.Topics.GetValueOrDefault(partition.Topic) is not { Error: BrokerError.None } topic) return false;
        if (TopicId == Guid.Empty) TopicId = topic.Id;
        if (MadeAnewIn(view) is not null || partition.Partition >= topic.Partitions.Length) return false;
        var found = topic.Partitions[partition.Partition];
        if (found.Leader < 0 || !view.Nodes.ContainsKey(found.Leader)) return false;
        if (Leader == found.Leader && LeaderEpoch == found.LeaderEpoch) return false;

        // One that has just refused may be named again by brokers that lag behind: without a wait, both would be asked as fast as they answer.
        if (_losses > 0 && (LeaderEpoch == found.LeaderEpoch || _losses > LossesInARow))
            NotBefore = Math.Max(NotBefore, now + Math.Min(LongestWaitMilliseconds, FirstWaitMilliseconds << Math.Min(_losses, 10)));
        if (found.LeaderEpoch != LeaderEpoch) MustValidate = true;
        if (ahead.Next.Epoch < 0) MustValidate = false; // nothing was read whose epoch is known
        // What the leader before may still send is no part of what the new one is asked about.
        if (MustValidate) ahead.Interrupt();
        (Leader, LeaderEpoch, Replica) = (found.Leader, found.LeaderEpoch, -1);
        return true;
    }
}
