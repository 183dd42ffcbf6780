using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// The readers of one role: decides which broker is asked for which partition, with one fetcher per broker, and follows the partitions to their
/// leaders. Several readers may read one partition at different places; a fetch then asks for one of them after another. Safe for concurrent use.
/// </summary>
internal sealed partial class FetchGroup : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<FetchTarget> _targets = [];
    private readonly Dictionary<int, BrokerFetcher> _fetchers = [];
    private readonly ClusterClient _cluster;
    private readonly ClientOptions _options;
    private readonly IDialer _dialer;
    private readonly BufferPool _pool;
    private readonly ReadAheadBudget _budget;
    private readonly ILogger _logger;
    private readonly LeaderFinder _finder;
    private int _revision;
    private int _first;
    private bool _disposed;

    /// <summary>A group without readers.</summary>
    public FetchGroup(ClusterClient cluster, ClientOptions options, IDialer dialer, BufferPool pool, ReadAheadBudget budget, ILogger logger)
    {
        (_cluster, _options, _dialer, _pool, _budget, _logger) = (cluster, options, dialer, pool, budget, logger);
        _finder = new LeaderFinder(this, cluster, options, logger);
    }

    /// <summary>Starts fetching for a reader.</summary>
    public FetchTarget Open(ReadAhead ahead)
    {
        var target = new FetchTarget(ahead);
        ahead.Taken = () => Wake(target);
        ahead.Undecodable = (offset, why, broker) => OnUndecodable(target, offset, why, broker);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _targets.Add(target);
            Locate(target, _cluster.View);
            Changed(target);
        }

        _finder.Look();
        return target;
    }

    /// <summary>Stops fetching for a reader.</summary>
    public void Close(FetchTarget target)
    {
        lock (_gate)
        {
            if (_targets.Remove(target)) Changed(target);
        }
    }

    /// <summary>Plans what to ask <paramref name="node"/> for now.</summary>
    public void Plan(int node, FetchPlan plan)
    {
        plan.Clear();
        var now = Environment.TickCount64;
        lock (_gate)
        {
            plan.Revision = _revision;
            var total = 0L;
            foreach (var target in _targets) total += target.Ahead.HeldBytes;
            plan.MaxBytes = _budget.ResponseAllowance(total, _options.FetchMaxBytes);
            // Whoever comes first gets the response's bytes: a different one each time.
            _first = _targets.Count == 0 ? 0 : (_first + 1) % _targets.Count;
            for (var i = 0; i < _targets.Count; i++) Consider(_targets[(_first + i) % _targets.Count], node, now, total, plan);
        }
    }

    /// <summary>A partition was fetched without an error.</summary>
    public void Fetched(FetchTarget target, int replica)
    {
        lock (_gate)
        {
            target.Clear();
            if (replica == target.Replica || (replica < 0 && target.Replica >= 0)) return;
            (target.Replica, target.ReplicaUntil) = (replica == target.Leader ? -1 : replica, Environment.TickCount64 + ReplicaForMilliseconds);
            Changed(target);
        }

        LogReplica(_logger, target.Ahead.Source.ToString(), replica);
    }

    /// <summary>A broker could not be reached, or failed to answer.</summary>
    public void OnBrokerFailure(int node, BrokerException failure)
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            foreach (var target in _targets)
            {
                if (target.Node != node) continue;
                target.Report(failure.Kind, failure.Message, now, PatienceWith(failure.Kind));
                // Perhaps another node leads by now.
                (target.Leader, target.Replica) = (-1, -1);
            }
        }

        _finder.Look();
    }

    /// <summary>The leader must be looked for again. The partition is not asked for before that.</summary>
    public void LoseLeader(FetchTarget target, string why)
    {
        lock (_gate)
        {
            target.Report(SourceErrorKind.Transient, why, Environment.TickCount64, PatienceWith(SourceErrorKind.Transient));
            (target.Leader, target.Replica) = (-1, -1);
        }

        _finder.Look();
    }

    /// <summary>Asks the leader again, not the follower that it had named.</summary>
    public void LeaveReplica(FetchTarget target)
    {
        lock (_gate)
        {
            target.Replica = -1;
            target.ReplicaUntil = Environment.TickCount64 + ReplicaForMilliseconds;
            Changed(target);
        }
    }

    /// <summary>Does not ask for the partition for a while; a waiting reader hears why when it lasts.</summary>
    public void Postpone(FetchTarget target, TimeSpan wait, SourceErrorKind kind, string why)
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            target.NotBefore = now + (long)wait.TotalMilliseconds;
            target.Report(kind, why, now, PatienceWith(kind));
        }

        _finder.Look();
    }

    /// <summary>What is read, as it is now.</summary>
    public List<FetchTarget> Snapshot()
    {
        lock (_gate) return [.. _targets];
    }

    /// <summary>Brings every partition to the leader that <paramref name="view"/> names.</summary>
    public void Locate(ClusterView view)
    {
        lock (_gate)
        {
            foreach (var target in _targets)
            {
                if (target.Ahead.Ended) continue;
                var before = target.Node;
                Locate(target, view);
                if (target.Node != before) Changed(target);
            }
        }
    }

    /// <summary>The leader's log was found to hold what was read before.</summary>
    public void Validated(FetchTarget target)
    {
        lock (_gate)
        {
            target.MustValidate = false;
            Changed(target);
        }
    }

    /// <summary>Something is in the way of fetching a partition; a waiting reader hears of it when it lasts.</summary>
    public void Report(FetchTarget target, SourceErrorKind kind, string why)
    {
        lock (_gate) target.Report(kind, why, Environment.TickCount64, PatienceWith(kind));
    }

    /// <summary>Tells readers that have waited for long why there is nothing.</summary>
    public void TellWaiting()
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            foreach (var target in _targets)
            {
                if (target.TroubledSince < 0 || now < target.NextNotice) continue;
                target.NextNotice = now + NoticeEveryMilliseconds;
                target.Ahead.Notice(FetchFailures.Waits(target.Ahead.Source, target.TroubleKind, TimeSpan.FromMilliseconds(now - target.TroubledSince), target.Trouble));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<BrokerFetcher> fetchers;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            fetchers = [.. _fetchers.Values];
        }

        await _finder.DisposeAsync();
        await Task.WhenAll(fetchers.Select(fetcher => fetcher.DisposeAsync().AsTask()));
    }

    private const long ReplicaForMilliseconds = 300_000;
    private const long NoticeEveryMilliseconds = 10_000;

    private static long PatienceWith(SourceErrorKind kind) => kind == SourceErrorKind.Transient ? 5_000 : 0;

    private void Consider(FetchTarget target, int node, long now, long total, FetchPlan plan)
    {
        if (target.Replica >= 0 && now > target.ReplicaUntil) target.Replica = -1;
        if (target.Node != node || target.MustValidate || target.Ahead.Ended) return;
        if (target.NotBefore > now)
        {
            plan.HeldBack = true;
            var wait = TimeSpan.FromMilliseconds(target.NotBefore - now);
            if (wait < plan.LookAgain) plan.LookAgain = wait;
            return;
        }

        var allowance = _budget.Allowance(target.Ahead.HeldBytes, total, _targets.Count);
        if (allowance == 0 || IsAsked(target.Ahead.Source, plan))
        {
            plan.HeldBack = true;
            return;
        }

        var (offset, turn) = target.Ahead.Next;
        plan.Asks.Add((target, offset, turn, allowance));
    }

    // Only catch-up readers meet on a partition, and they are few.
    private bool IsAsked(TopicPartition partition, FetchPlan plan)
    {
        if (!MayMeet) return false;
        foreach (var ask in plan.Asks)
            if (ask.Target.Ahead.Source == partition) return true;
        return false;
    }

    /// <summary>Whether several readers may read one partition.</summary>
    public bool MayMeet { get; init; }

    private static void Locate(FetchTarget target, ClusterView view)
    {
        var partition = target.Ahead.Source;
        if (view.Topics.GetValueOrDefault(partition.Topic) is not { Error: BrokerError.None } topic) return;
        if (target.TopicId == Guid.Empty) target.TopicId = topic.Id;
        if (topic.Id != target.TopicId || partition.Partition >= topic.Partitions.Length) return;
        var now = topic.Partitions[partition.Partition];
        if (now.Leader < 0 || !view.Nodes.ContainsKey(now.Leader)) return;
        if (target.Leader == now.Leader && target.LeaderEpoch == now.LeaderEpoch) return;
        if (target.LeaderEpoch >= 0 && now.LeaderEpoch > target.LeaderEpoch) target.MustValidate = true;
        (target.Leader, target.LeaderEpoch, target.Replica) = (now.Leader, now.LeaderEpoch, -1);
        if (target.FetchedEpoch < 0) target.MustValidate = false; // nothing was read whose epoch is known
    }

    private void Changed(FetchTarget target)
    {
        _revision++;
        WakeLocked(target);
    }

    private void Wake(FetchTarget target)
    {
        lock (_gate) WakeLocked(target);
    }

    private void WakeLocked(FetchTarget target)
    {
        if (_disposed || target.Node < 0) return;
        if (!_fetchers.TryGetValue(target.Node, out var fetcher))
            _fetchers.Add(target.Node, fetcher = new BrokerFetcher(target.Node, this, _cluster, _options, _dialer, _pool, _logger));
        fetcher.Wake();
    }

    private void OnUndecodable(FetchTarget target, long offset, string why, string broker)
    {
        int attempts;
        lock (_gate)
        {
            if (target.UndecodableAt != offset) (target.UndecodableAt, target.Undecodable) = (offset, 0);
            attempts = ++target.Undecodable;
        }

        LogUndecodable(_logger, target.Ahead.Source.ToString(), offset, broker, why, attempts);
        if (attempts >= UndecodableAttempts)
            target.Ahead.Fail(FetchFailures.Unreadable(target.Ahead.Source, offset, broker, $"{why} It was fetched {attempts} times"), dropHeld: true);
        else
            Postpone(target, TimeSpan.FromMilliseconds(200 * attempts), SourceErrorKind.Transient, why);
    }

    private const int UndecodableAttempts = 3;

    [LoggerMessage(LogLevel.Information, "Partition {Partition} is fetched from node {Node}, which its leader named")]
    private static partial void LogReplica(ILogger logger, string partition, int node);

    [LoggerMessage(LogLevel.Warning, "What broker {Broker} sent of {Partition} at offset {Offset} cannot be decoded (attempt {Attempt}): {Why}")]
    private static partial void LogUndecodable(ILogger logger, string partition, long offset, string broker, string why, int attempt);
}
