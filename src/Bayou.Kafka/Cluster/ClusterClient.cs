using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Cluster;

/// <summary>
/// Puts questions to a cluster and remembers what it told of itself. It never creates a topic. Any broker that is known may be asked for the cluster's
/// state; when none answers, the bootstrap addresses are, whose names are resolved anew. Safe for concurrent use.
/// </summary>
internal sealed class ClusterClient(ClientOptions options, IDialer dialer) : IAsyncDisposable
{
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryLongest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<HostPort, ControlConnection> _connections = [];
    private ClusterView _view = ClusterView.Empty;
    private bool _disposed;

    /// <summary>What is known of the cluster.</summary>
    public ClusterView View => Volatile.Read(ref _view);

    /// <summary>Asks the cluster for its nodes and for <paramref name="topics"/>, as one broker sees them now.</summary>
    /// <exception cref="BrokerException">No broker answered; the failure of the last one, or the first refusal.</exception>
    public async Task<ClusterView> RefreshAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        BrokerException? last = null;
        foreach (var connection in Candidates())
        {
            try
            {
                var answer = await connection.AskAsync(new MetadataRequest(topics), cancellationToken);
                lock (_gate) return _view = _view.With(answer, topics);
            }
            catch (BrokerException failure)
            {
                if (last is null || last.Kind == SourceErrorKind.Transient) last = failure;
            }
        }

        throw last!;
    }

    /// <summary>Forgets what is known of a topic, so that what brokers tell of it next is believed even when it is older.</summary>
    public void Forget(string topic)
    {
        lock (_gate) _view = _view.Without(topic);
    }

    /// <summary>Asks a node of the cluster.</summary>
    /// <exception cref="BrokerException">It is not known, or did not answer.</exception>
    public Task<TResponse> AskAsync<TResponse>(int node, KafkaRequest<TResponse> request, CancellationToken cancellationToken) =>
        View.Nodes.TryGetValue(node, out var address)
            ? ConnectionTo(address).AskAsync(request, cancellationToken)
            : throw new BrokerException(SourceErrorKind.Transient, $"Asking node {node} ({request.Key}) failed: the cluster does not tell where it listens.");

    /// <summary>Asks the first broker that answers.</summary>
    public async Task<TResponse> AskAnyAsync<TResponse>(KafkaRequest<TResponse> request, CancellationToken cancellationToken)
    {
        BrokerException? last = null;
        foreach (var connection in Candidates())
        {
            try
            {
                return await connection.AskAsync(request, cancellationToken);
            }
            catch (BrokerException failure)
            {
                last = failure;
            }
        }

        throw last!;
    }

    /// <summary>
    /// Puts a question to the leader of a partition, and again to the next one while leaders move, for about 5 s.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="ask">The question, given the leader's epoch as it is known.</param>
    /// <param name="errorOf">The error in an answer.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="SourceException">The topic is unknown, it must not be read, or no leader answered.</exception>
    public async Task<TResponse> AskLeaderAsync<TResponse>(
        TopicPartition partition, Func<int, KafkaRequest<TResponse>> ask, Func<TResponse, BrokerError> errorOf, CancellationToken cancellationToken)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        var backoff = new JitteredBackoff(RetryFirst, RetryLongest);
        var view = View;
        while (true)
        {
            SourceException failure;
            try
            {
                var leader = LeaderIn(view, partition);
                var answer = await AskAsync(leader.Leader, ask(leader.LeaderEpoch), cancellationToken);
                if (errorOf(answer) is var error && error == BrokerError.None) return answer;
                failure = ErrorKinds.Failure(partition, AddressOf(leader.Leader), error);
            }
            catch (BrokerException unanswered)
            {
                failure = new SourceException(unanswered.Kind, $"Asking about {partition} failed. {unanswered.Message} Nothing was read; it may be asked again.", unanswered) { Partition = partition };
            }
            catch (SourceException unknown)
            {
                failure = unknown;
            }

            // A topic that is denied, or an answer that is refused, is asked for once more with a new view, for brokers may lag behind each other.
            var lasting = failure.Kind is not SourceErrorKind.Transient && backoff.Attempts > 0;
            if (lasting || Environment.TickCount64 > until) throw failure;
            await Task.Delay(backoff.Next(), cancellationToken);
            view = await TryRefreshAsync(partition.Topic, cancellationToken);
        }
    }

    /// <summary>Where the cluster is asked first, for messages.</summary>
    public string Addresses { get; } = string.Join(", ", options.BootstrapServers);

    /// <summary>Where a node listens, for messages.</summary>
    public string AddressOf(int node) => View.Nodes.TryGetValue(node, out var address) ? address.ToString() : $"node {node}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<ControlConnection> connections;
        lock (_gate)
        {
            _disposed = true;
            connections = [.. _connections.Values];
            _connections.Clear();
        }

        foreach (var connection in connections) await connection.DisposeAsync();
    }

    private async Task<ClusterView> TryRefreshAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            return await RefreshAsync([topic], cancellationToken);
        }
        catch (BrokerException)
        {
            return View; // the leader as it was known is asked again
        }
    }

    private static PartitionView LeaderIn(ClusterView view, TopicPartition partition)
    {
        if (view.Topics.GetValueOrDefault(partition.Topic) is not { } topic)
            throw new SourceException(SourceErrorKind.Transient, $"Asking about {partition} failed: the topic was not looked at yet.") { Partition = partition };
        if (topic.Error != BrokerError.None) throw ErrorKinds.Failure(partition, "the cluster", topic.Error);
        if (partition.Partition >= topic.Partitions.Length) throw ErrorKinds.Failure(partition, "the cluster", BrokerError.UnknownTopicOrPartition);
        var leader = topic.Partitions[partition.Partition];
        return leader.Leader >= 0 && view.Nodes.ContainsKey(leader.Leader) ? leader : throw ErrorKinds.Failure(partition, "the cluster", BrokerError.LeaderNotAvailable);
    }

    // Whoever has just answered first: a node that is down must not be waited for each time.
    private List<ControlConnection> Candidates()
    {
        var addresses = new List<HostPort>(View.Nodes.Values.OrderBy(_ => Random.Shared.Next()));
        foreach (var bootstrap in options.BootstrapServers)
            if (!addresses.Contains(bootstrap)) addresses.Add(bootstrap);
        return [.. addresses.Select(ConnectionTo).OrderByDescending(connection => connection.IsOpen)];
    }

    private ControlConnection ConnectionTo(HostPort address)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_connections.TryGetValue(address, out var connection))
                _connections.Add(address, connection = new ControlConnection(address, options, dialer, TimeProvider.System));
            return connection;
        }
    }
}
