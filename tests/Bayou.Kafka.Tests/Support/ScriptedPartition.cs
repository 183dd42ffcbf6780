namespace Bayou.Kafka.Tests.Support;

/// <summary>A partition of a scripted cluster: batches in memory, and who leads it. Safe to use from a test while brokers serve it.</summary>
internal sealed class ScriptedPartition(ScriptedCluster cluster, ScriptedTopic topic, int number, int leader)
{
    private readonly List<Batch> _batches = [];
    private readonly List<(int Epoch, long Start)> _epochs = [(0, 0)];
    private readonly Dictionary<long, long> _open = [];
    private readonly List<(long ProducerId, long First, long Last)> _aborted = [];
    private long? _heldHighWatermark;

    /// <summary>A batch and its offsets.</summary>
    public sealed record Batch(long First, long Next, byte[] Bytes);

    public ScriptedTopic Topic => topic;

    public int Number => number;

    /// <summary>Node id of the leader, which <see cref="MoveTo"/> changes.</summary>
    public int Leader { get; private set; } = leader;

    public int LeaderEpoch { get; private set; }

    /// <summary>Node id of the replica that the leader sends consumers with a rack to; that broker serves them. Null for none.</summary>
    public int? ReadReplica { get; set; }

    public long LogStart { get; private set; }

    public long LogEnd { get; private set; }

    public long HighWatermark => _heldHighWatermark ?? LogEnd;

    public long LastStableOffset => Math.Min(HighWatermark, _open.Count == 0 ? long.MaxValue : _open.Values.Min());

    public IReadOnlyList<Batch> Batches => _batches;

    /// <summary>Appends one batch of records without keys; tells its first offset.</summary>
    public long Append(params string[] values)
    {
        var batch = new RecordBatchBuilder();
        foreach (var value in values) batch.Add(value);
        return Append(batch);
    }

    /// <summary>Appends a batch at the log's end, in the partition's leader epoch; tells its first offset.</summary>
    public long Append(RecordBatchBuilder batch) => cluster.Change(() =>
    {
        batch.BaseOffset = LogEnd;
        batch.LeaderEpoch = LeaderEpoch;
        Track(batch);
        return Append(batch.Build(), batch.NextOffset);
    });

    /// <summary>Appends bytes as they are, as one batch that ends before <paramref name="next"/>; tells its first offset.</summary>
    public long Append(byte[] bytes, long next) => cluster.Change(() =>
    {
        var first = LogEnd;
        _batches.Add(new Batch(first, next, bytes));
        LogEnd = next;
        return first;
    });

    /// <summary>Makes another broker the leader, in a new epoch. The same one again is an epoch of its own, too.</summary>
    public void MoveTo(int nodeId) => cluster.Change(() =>
    {
        Leader = nodeId;
        LeaderEpoch++;
        _epochs.Add((LeaderEpoch, LogEnd));
        return LeaderEpoch;
    });

    /// <summary>Loses all from <paramref name="offset"/> on, as an unclean election does, and starts a new epoch there. The offset is the start of a batch.</summary>
    public void Truncate(long offset) => cluster.Change(() =>
    {
        _batches.RemoveAll(batch => batch.First >= offset);
        _epochs.RemoveAll(epoch => epoch.Start >= offset && epoch.Epoch > 0);
        LogEnd = offset;
        LeaderEpoch++;
        _epochs.Add((LeaderEpoch, offset));
        return LeaderEpoch;
    });

    /// <summary>Deletes all below <paramref name="offset"/>, as retention does. Batches that begin below it and end above stay.</summary>
    public void DeleteBefore(long offset) => cluster.Change(() =>
    {
        _batches.RemoveAll(batch => batch.Next <= offset);
        return LogStart = offset;
    });

    /// <summary>Keeps the high watermark where it is given; null lets it follow the log's end again.</summary>
    public void HoldHighWatermark(long? offset) => cluster.Change(() => _heldHighWatermark = offset);

    /// <summary>The largest epoch that is not above <paramref name="epoch"/>, and where it ends; -1, -1 when there is none, or when the epoch is yet to come.</summary>
    public (int Epoch, long EndOffset) EndOf(int epoch)
    {
        if (epoch > LeaderEpoch) return (-1, -1);
        var index = _epochs.FindLastIndex(known => known.Epoch <= epoch);
        return index < 0 ? (-1, -1) : (_epochs[index].Epoch, index + 1 < _epochs.Count ? _epochs[index + 1].Start : LogEnd);
    }

    /// <summary>The aborted transactions with records in a range.</summary>
    public List<(long ProducerId, long First)> AbortedIn(long from, long to) =>
        [.. _aborted.Where(aborted => aborted.Last >= from && aborted.First < to).Select(aborted => (aborted.ProducerId, aborted.First))];

    private void Track(RecordBatchBuilder batch)
    {
        if (!batch.IsTransactional) return;
        if (!batch.IsControl) _open.TryAdd(batch.ProducerId, LogEnd);
        else if (_open.Remove(batch.ProducerId, out var first) && batch.IsCommit == false) _aborted.Add((batch.ProducerId, first, LogEnd));
    }
}
