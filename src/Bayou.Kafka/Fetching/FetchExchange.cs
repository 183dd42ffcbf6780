using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Protocol.Fetching;
using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// One fetch after another with one broker: writes the request, and receives the records of each partition straight into a buffer of their own, which is
/// handed on as soon as it is full. So what came before a connection broke is kept. Only the batches' headers are looked at here.
/// </summary>
/// <param name="node">The broker's node id.</param>
/// <param name="group">Whose partitions are fetched.</param>
/// <param name="outcomes">Hears of errors.</param>
/// <param name="options">The source's options.</param>
/// <param name="pool">Where buffers come from.</param>
internal sealed class FetchExchange(int node, FetchGroup group, FetchOutcomes outcomes, ClientOptions options, BufferPool pool)
{
    private readonly FetchRequest _request = new() { IsReadCommitted = options.IsReadCommitted, Rack = options.ClientRack, MinBytes = options.FetchMinBytes };
    private readonly FetchSession _session = new();
    private readonly Dictionary<TopicPartition, FetchAsk> _asked = [];
    private readonly Dictionary<Guid, string> _names = [];
    private readonly Dictionary<string, int> _ranks = [];
    private FetchRequestPartition[] _wanted = [];
    private string _broker = "";

    /// <summary>How long the broker wants to be left alone after the last fetch.</summary>
    public TimeSpan Throttle { get; private set; }

    /// <summary>The connection is a new one.</summary>
    public void Restart() => _session.Lose();

    /// <summary>Fetches what is planned. Returns the bytes of records that came.</summary>
    /// <exception cref="BrokerException">The broker did not answer whole; the connection is of no use any more.</exception>
    public async Task<long> RunAsync(BrokerConnection connection, FetchPlan plan, TimeSpan maxWait, CancellationToken cancellationToken)
    {
        _broker = connection.Broker.ToString();
        var version = Prepare(connection, plan, maxWait);
        await connection.SendAsync(_request, version, cancellationToken);
        var size = await connection.ReceiveHeaderAsync();
        try
        {
            return await ReceiveAsync(connection.Response, new FetchResponseParser(version, size));
        }
        catch (ProtocolException failure)
        {
            throw connection.Response.Broken(SourceErrorKind.Transient, failure.Message);
        }
    }

    private short Prepare(BrokerConnection connection, FetchPlan plan, TimeSpan maxWait)
    {
        _asked.Clear();
        _names.Clear();
        _ranks.Clear();
        if (_wanted.Length < plan.Asks.Count) _wanted = new FetchRequestPartition[plan.Asks.Count * 2];
        var allHaveIds = true;
        for (var i = 0; i < plan.Asks.Count; i++)
        {
            var ask = plan.Asks[i];
            var (source, id) = (ask.Target.Ahead.Source, ask.Target.TopicId);
            _asked[source] = ask;
            _names[id] = source.Topic;
            _ranks.TryAdd(source.Topic, i);
            allHaveIds &= id != Guid.Empty;
            _wanted[i] = new FetchRequestPartition(source.Topic, id, source.Partition, ask.From.Offset, ask.LeaderEpoch, ask.From.Epoch, ask.MaxBytes);
        }

        var wanted = _wanted.AsSpan(0, plan.Asks.Count);
        // The partitions of a topic belong side by side; the topics stay in the plan's order, so that each is first at times.
        if (_ranks.Count > 1) wanted.Sort((a, b) => _ranks[a.Topic].CompareTo(_ranks[b.Topic]));
        var version = FetchRequest.VersionFor(connection.VersionOf(_request), allHaveIds);
        _request.MaxWaitMs = (int)maxWait.TotalMilliseconds;
        _request.MaxBytes = plan.MaxBytes;
        // A leader that is not told where the client is does not send it elsewhere.
        _request.Rack = plan.LeaderOnly ? "" : options.ClientRack;
        _session.Prepare(_request, wanted, version >= FetchRequest.TopicIdsFrom);
        return version;
    }

    private async ValueTask<long> ReceiveAsync(ResponseStream response, FetchResponseParser parser)
    {
        var received = 0L;
        while (true)
        {
            var step = parser.Next(response.Available.Span, out var consumed);
            if (consumed > 0) response.Advance(consumed);
            switch (step)
            {
                case FetchStep.NeedMore:
                    await response.FillAsync(response.Available.Length + 1);
                    break;

                case FetchStep.Partition:
                    received += parser.Partition.RecordsLength;
                    await ReceivePartitionAsync(response, parser);
                    parser.RecordsTaken();
                    break;

                case FetchStep.PartitionEnd when parser.Diverging is not null && Find(parser, out var ask):
                    outcomes.OnDiverging(ask.Target, _broker, isReplica: ask.Target.Replica == node);
                    break;

                case FetchStep.End:
                    Throttle = TimeSpan.FromMilliseconds(Math.Max(0, parser.ThrottleMs));
                    if (parser.Error == BrokerError.None) _session.Accept(parser.SessionId);
                    else OnError(parser.Error);
                    return received;
            }
        }
    }

    private void OnError(BrokerError error)
    {
        _session.Refuse(error);
        if (error is BrokerError.FetchSessionIdNotFound or BrokerError.InvalidFetchSessionEpoch or BrokerError.FetchSessionTopicIdError) return;
        throw new BrokerException(SourceErrorKind.Transient, $"Fetching from broker {_broker} failed: {Cluster.ErrorKinds.Describe(error)}.");
    }

    // What another node is asked for by now is of no interest any more.
    private bool Find(FetchResponseParser parser, out FetchAsk ask)
    {
        var topic = parser.TopicId == Guid.Empty ? parser.Topic : _names.GetValueOrDefault(parser.TopicId) ?? "";
        return _asked.TryGetValue(new TopicPartition(topic, parser.Partition.Partition), out ask) && ask.Target.Node == node;
    }

    private async ValueTask ReceivePartitionAsync(ResponseStream response, FetchResponseParser parser)
    {
        var length = parser.Partition.RecordsLength;
        var buffer = length > 0 ? pool.Rent(length) : null;
        try
        {
            if (buffer is not null) await response.ReadExactlyAsync(buffer.Array.AsMemory(0, length));
        }
        catch
        {
            buffer!.Return();
            throw;
        }

        if (Find(parser, out var ask)) Deliver(ask, in parser.Partition, buffer);
        else buffer?.Return();
    }

    private void Deliver(FetchAsk ask, ref readonly FetchedPartition fetched, PooledBuffer? buffer)
    {
        var target = ask.Target;
        if (fetched.Error != BrokerError.None)
        {
            buffer?.Return();
            outcomes.OnError(target, ask.From, fetched.Error, _broker, isReplica: target.Replica == node);
            return;
        }

        var high = options.IsReadCommitted && fetched.LastStableOffset >= 0 ? fetched.LastStableOffset : fetched.HighWatermark;
        if (fetched.LogStartOffset >= 0 && high >= 0) target.Ahead.Heard(new Watermarks(fetched.LogStartOffset, high));
        if (buffer is null || DeliverRecords(ask, in fetched, buffer)) group.Fetched(target, fetched.PreferredReadReplica);
    }

    /// <summary>False when nothing could be made of what came.</summary>
    private bool DeliverRecords(FetchAsk ask, ref readonly FetchedPartition fetched, PooledBuffer buffer)
    {
        var (target, offset) = (ask.Target, ask.From.Offset);
        var walk = RecordSetWalk.Through(buffer.Array.AsSpan(0, fetched.RecordsLength), options.ReceiveMaxBytes);
        if (walk.NextOffset > offset)
        {
            // What is malformed behind whole batches comes first in the next fetch, and is judged then.
            target.Ahead.Deliver(new FetchedRecords(ask.From, buffer, walk.WholeBytes, fetched.Aborted, _broker), walk.NextOffset.Value, walk.LeaderEpoch);
            return true;
        }

        buffer.Return();
        if (target.Ahead.Next != ask.From) return true;
        if (walk.Problem is { Kind: not CorruptRecordsKind.Corrupt } problem)
            target.Ahead.Fail(FetchFailures.Unreadable(target.Ahead.Source, offset, _broker, problem.Reason));
        else
            group.OnUndecodable(target, offset, Explain(walk, offset), _broker);
        return false;
    }

    private static string Explain(RecordSetWalk walk, long offset) => walk switch
    {
        { Problem: { } malformed } => $"the batch at offset {malformed.Offset} is malformed: {malformed.Reason}.",
        { NextOffset: { } next } => $"the batches end at offset {next}, below the one asked for.",
        _ => "not even the first batch is whole.",
    };
}
