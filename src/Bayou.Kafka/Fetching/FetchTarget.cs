using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// One reader's partition as the fetch loops see it: where its records are fetched from, and what is in the way. Guarded by its group's lock, but for
/// what is said to belong to the fetcher. Times are milliseconds of the environment's tick count.
/// </summary>
internal sealed class FetchTarget(ReadAhead ahead)
{
    /// <summary>What is fetched goes here.</summary>
    public ReadAhead Ahead => ahead;

    /// <summary>The id of the topic that is read; empty while brokers have not told one.</summary>
    public Guid TopicId { get; set; }

    /// <summary>The leader's node id; -1 while it must be looked for.</summary>
    public int Leader { get; set; } = -1;

    /// <summary>The epoch of that leader; -1 when it is not known.</summary>
    public int LeaderEpoch { get; set; } = -1;

    /// <summary>A follower that the leader named to fetch from; -1 for none.</summary>
    public int Replica { get; set; } = -1;

    /// <summary>When the leader is asked again although it named a follower.</summary>
    public long ReplicaUntil { get; set; }

    /// <summary>Leader epoch of the last batch that was fetched; -1 before the first.</summary>
    public int FetchedEpoch { get; set; } = -1;

    /// <summary>Whether it must be made sure that the leader's log still holds what was read before.</summary>
    public bool MustValidate { get; set; }

    /// <summary>Not to be asked for before this time.</summary>
    public long NotBefore { get; set; }

    /// <summary>How often what lies at <see cref="UndecodableAt"/> could not be decoded.</summary>
    public int Undecodable { get; set; }

    /// <summary>The offset that could not be decoded last.</summary>
    public long UndecodableAt { get; set; } = -1;

    /// <summary>How often brokers denied that the topic or partition exists, one time after another.</summary>
    public int Denied { get; set; }

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
        (TroubleKind, Trouble) = (kind, trouble);
        if (TroubledSince >= 0) return;
        TroubledSince = now;
        NextNotice = now + patience;
    }

    /// <summary>The partition was fetched.</summary>
    public void Clear()
    {
        TroubledSince = -1;
        Denied = 0;
    }
}
