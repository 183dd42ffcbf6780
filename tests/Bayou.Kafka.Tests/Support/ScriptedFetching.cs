using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>How a scripted broker serves fetches: sessions, waiting, size limits, transactions and epochs are Kafka's.</summary>
internal static class ScriptedFetching
{
    public static async Task WriteAsync(ProtocolWriter writer, ScriptedRequest request, ScriptedAnswer answer, CancellationToken cancellation)
    {
        var fetch = request.Fetch!;
        if (answer.WholeError is { } whole && request.Version >= 7)
        {
            WriteError(writer, request, whole);
            return;
        }

        var (session, error) = request.Broker.Sessions.Open(fetch);
        if (error != BrokerError.None)
        {
            WriteError(writer, request, error);
            return;
        }

        var fetched = await CollectAsync(request, session, answer.EachError ?? answer.WholeError, cancellation);
        var isFull = session.Id == 0 || fetch.SessionEpoch <= 0;
        var told = isFull ? fetched : [.. fetched.Where(partition => partition.IsNews)];
        foreach (var partition in told)
        {
            partition.Entry.HighWatermark = partition.Error == BrokerError.None ? partition.HighWatermark : -1;
            partition.Entry.LogStart = partition.LogStart;
            if (partition.Records.Length > 0) session.MoveToEnd(partition.Entry);
        }

        Write(writer, request, BrokerError.None, session.Id, told);
    }

    private static void WriteError(ProtocolWriter writer, ScriptedRequest request, BrokerError error) => Write(writer, request, error, 0, []);

    /// <summary>Looks at once, and again at each change, until there is something worth an answer or the time is over.</summary>
    private static async Task<List<ScriptedFetched>> CollectAsync(
        ScriptedRequest request, ScriptedSession session, BrokerError? error, CancellationToken cancellation)
    {
        var fetch = request.Fetch!;
        var cluster = request.Broker.Cluster;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(fetch.MaxWaitMs);
        while (true)
        {
            var changed = cluster.Changed;
            var fetched = cluster.Read(() => Collect(request, session, error));
            var bytes = fetched.Sum(partition => (long)partition.Records.Length);
            if (fetched.Count == 0 || bytes >= fetch.MinBytes || fetched.Exists(partition => partition.IsUrgent)) return fetched;
            try
            {
                await changed.WaitAsync(time.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return fetched;
            }
        }
    }

    private static List<ScriptedFetched> Collect(ScriptedRequest request, ScriptedSession session, BrokerError? error)
    {
        var all = new List<ScriptedFetched>();
        var bytes = 0;
        foreach (var entry in session.Entries)
        {
            var fetched = error is { } given ? new ScriptedFetched(entry, given) : Look(request, entry, bytes);
            bytes += fetched.Records.Length;
            all.Add(fetched);
        }

        return all;
    }

    private static ScriptedFetched Look(ScriptedRequest request, ScriptedSession.Entry entry, int bytesSoFar)
    {
        var (broker, fetch, wanted) = (request.Broker, request.Fetch!, entry.Wanted);
        var topic = fetch.Version >= 13 ? broker.Cluster.FindTopic(wanted.Key.Id) : broker.Cluster.FindTopic(wanted.Key.Topic);
        if (topic is null && fetch.Version >= 13) return new ScriptedFetched(entry, BrokerError.UnknownTopicId);
        var partition = topic?.Partitions.ElementAtOrDefault(wanted.Key.Partition);
        var isReplica = partition is not null && partition.ReadReplica == broker.NodeId;
        var problem = ScriptedResponses.Problem(broker, partition, wanted.LeaderEpoch);
        if (problem == BrokerError.NotLeaderOrFollower && isReplica) problem = BrokerError.None;
        if (problem != BrokerError.None)
            return new ScriptedFetched(entry, problem) { CurrentLeader = partition is null ? null : (partition.Leader, partition.LeaderEpoch) };

        var start = new ScriptedFetched(entry, BrokerError.None)
        {
            HighWatermark = partition!.HighWatermark, LastStableOffset = partition.LastStableOffset, LogStart = partition.LogStart,
        };
        if (!isReplica && fetch.Rack.Length > 0 && partition.ReadReplica is { } replica) return start with { PreferredReplica = replica };
        if (wanted.LastFetchedEpoch >= 0)
        {
            var end = partition.EndOf(wanted.LastFetchedEpoch);
            if (end.Epoch < wanted.LastFetchedEpoch || end.EndOffset < wanted.FetchOffset) return start with { Diverging = end };
        }

        if (wanted.FetchOffset < partition.LogStart || wanted.FetchOffset > partition.LogEnd) return start with { Error = BrokerError.OffsetOutOfRange };
        var limit = fetch.IsReadCommitted ? partition.LastStableOffset : partition.HighWatermark;
        var (records, next) = Slice(partition, wanted, limit, bytesSoFar == 0, Math.Min(wanted.MaxBytes, fetch.MaxBytes - bytesSoFar));
        return start with { Records = records, Aborted = fetch.IsReadCommitted ? partition.AbortedIn(wanted.FetchOffset, next) : null };
    }

    /// <summary>
    /// The batches from the offset on, cut off at the size limit wherever that is, as brokers send a piece of their file. The first batch of a response
    /// comes whole whatever its size; a first batch of another partition that does not fit is left for next time.
    /// </summary>
    private static (byte[] Records, long Next) Slice(ScriptedPartition partition, ScriptedFetch.Wanted wanted, long limit, bool isFirst, int maxBytes)
    {
        var batches = partition.Batches.Where(batch => batch.Next > wanted.FetchOffset && batch.First < limit).ToList();
        if (batches.Count == 0) return ([], wanted.FetchOffset);
        if (isFirst) maxBytes = Math.Max(maxBytes, batches[0].Bytes.Length);
        else if (maxBytes < batches[0].Bytes.Length) return ([], wanted.FetchOffset);
        byte[] all = [.. batches.SelectMany(batch => batch.Bytes)];
        return (all.Length > maxBytes ? all[..maxBytes] : all, batches[^1].Next);
    }

    private static void Write(ProtocolWriter writer, ScriptedRequest request, BrokerError error, int sessionId, List<ScriptedFetched> partitions)
    {
        var version = request.Version;
        writer.WriteInt32(0);
        if (version >= 7)
        {
            writer.WriteInt16((short)error);
            writer.WriteInt32(sessionId);
        }

        var topics = partitions.GroupBy(partition => (partition.Entry.Wanted.Key.Topic, partition.Entry.Wanted.Key.Id)).ToList();
        writer.WriteArrayLength(topics.Count);
        foreach (var topic in topics)
        {
            if (version >= 13) writer.WriteUuid(topic.Key.Id);
            else writer.WriteString(topic.Key.Topic);
            writer.WriteArrayLength(topic.Count());
            foreach (var partition in topic) WritePartition(writer, version, partition);
            writer.WriteNoTags();
        }

        if (writer.Flexible) WriteTags(writer, NodeEndpoints(request, partitions));
    }

    private static void WritePartition(ProtocolWriter writer, short version, ScriptedFetched partition)
    {
        writer.WriteInt32(partition.Entry.Wanted.Key.Partition);
        writer.WriteInt16((short)partition.Error);
        writer.WriteInt64(partition.HighWatermark);
        writer.WriteInt64(partition.LastStableOffset);
        if (version >= 5) writer.WriteInt64(partition.LogStart);
        writer.WriteArrayLength(partition.Aborted?.Count ?? -1);
        foreach (var (producer, first) in partition.Aborted ?? [])
        {
            writer.WriteInt64(producer);
            writer.WriteInt64(first);
            writer.WriteNoTags();
        }

        if (version >= 11) writer.WriteInt32(partition.PreferredReplica);
        writer.WriteBytes(partition.Records);
        if (!writer.Flexible) return;
        var tags = new SortedDictionary<uint, byte[]>();
        if (partition.Diverging is { } diverging) tags[0] = Content(to => { to.WriteInt32(diverging.Epoch); to.WriteInt64(diverging.EndOffset); to.WriteNoTags(); });
        if (partition.CurrentLeader is { } leader) tags[1] = Content(to => { to.WriteInt32(leader.Leader); to.WriteInt32(leader.Epoch); to.WriteNoTags(); });
        WriteTags(writer, tags);
    }

    private static SortedDictionary<uint, byte[]> NodeEndpoints(ScriptedRequest request, List<ScriptedFetched> partitions)
    {
        var leaders = partitions.Where(partition => partition.CurrentLeader is not null).Select(partition => partition.CurrentLeader!.Value.Leader).Distinct().ToList();
        if (request.Version < 16 || leaders.Count == 0) return [];
        return new SortedDictionary<uint, byte[]>
        {
            [0] = Content(to =>
            {
                to.WriteArrayLength(leaders.Count);
                foreach (var leader in leaders)
                {
                    to.WriteInt32(leader);
                    ScriptedResponses.WriteAddress(to, request.Broker.Cluster.Broker(leader));
                    to.WriteString(null);
                    to.WriteNoTags();
                }
            }),
        };
    }

    private static byte[] Content(Action<ProtocolWriter> write)
    {
        var writer = new ProtocolWriter { Flexible = true };
        write(writer);
        return writer.Written.ToArray();
    }

    private static void WriteTags(ProtocolWriter writer, SortedDictionary<uint, byte[]> tags)
    {
        writer.WriteUnsignedVarint((uint)tags.Count);
        foreach (var (tag, content) in tags)
        {
            writer.WriteUnsignedVarint(tag);
            writer.WriteUnsignedVarint((uint)content.Length);
            foreach (var next in content) writer.WriteInt8((sbyte)next);
        }
    }
}
