using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
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
    private const int UndecodableAttempts = 3;

    private readonly Lock _gate = new();
    private readonly List<FetchTarget> _targets = [];
    private readonly Dictionary<int, BrokerFetcher> _fetchers = [];
    private readonly ClusterClient _cluster;
    private readonly ClientOptions _options;
    private readonly IDialer _dialer;
    private readonly BufferPool _pool;
    private readonly FetchPlanner _planner;
    private readonly ILogger _logger;
    private readonly WaitingReaders _waiting;
    private readonly LeaderFinder _finder;
    private int _revision;
    private bool _disposed;

    /// <summary>A group without readers.</summary>
    public FetchGroup(ClusterClient cluster, ClientOptions options, IDialer dialer, BufferPool pool, FetchPlanner planner, ILogger logger)
    {
        (_cluster, _options, _dialer, _pool, _planner, _logger) = (cluster, options, dialer, pool, planner, logger);
        _waiting = new WaitingReaders(cluster);
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
            target.Follow(_cluster.View, Environment.TickCount64);
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
            if (!_targets.Remove(target)) return;
            _waiting.Closed(target);
            Changed(target);
        }
    }

    /// <summary>Plans what to ask <paramref name="node"/> for now.</summary>
    public void Plan(int node, FetchPlan plan)
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            foreach (var target in _targets)
                if (target.ReturnToLeader(now)) Changed(target);
            _planner.Fill(plan, node, _targets, now);
            plan.Revision = _revision;
        }
    }

    /// <summary>A partition was fetched without an error; its leader may name a <paramref name="replica"/> to ask instead.</summary>
    public void Fetched(FetchTarget target, int replica)
    {
        lock (_gate)
        {
            target.Clear();
            _waiting.Fetched(target);
            var now = Environment.TickCount64;
            // Where that broker listens must be known.
            if (replica >= 0 && !_cluster.View.Nodes.ContainsKey(replica)) target.LeaveReplica(now);
            else if (!target.Redirect(replica, now)) return;
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
                target.Report(failure.Kind, failure.Message, now, WaitingReaders.PatienceWith(failure.Kind));
                // A leader would name a follower again that only this client cannot reach. And perhaps another node leads by now.
                if (target.Replica == node) target.LeaveReplica(now);
                else target.Lose(isBlamed: false);
                Changed(target);
            }
        }

        _finder.Look();
    }

    /// <summary>
    /// A broker does not answer as the leader: it must be looked for again, and with <paramref name="mustValidate"/> be asked whether it holds what was read. The partition is not asked for before that.
    /// </summary>
    public void LoseLeader(FetchTarget target, string why, bool mustValidate = false)
    {
        lock (_gate)
        {
            target.MustValidate |= mustValidate;
            target.Report(SourceErrorKind.Transient, why, Environment.TickCount64, WaitingReaders.PatienceWith(SourceErrorKind.Transient));
            target.Lose(isBlamed: true);
        }

        _finder.Look();
    }

    /// <summary>The cluster names no leader for now, or the one that it names could not tell what it holds.</summary>
    public void AwaitLeader(FetchTarget target, string why)
    {
        lock (_gate)
        {
            target.Report(SourceErrorKind.Transient, why, Environment.TickCount64, WaitingReaders.PatienceWith(SourceErrorKind.Transient));
            target.Lose(isBlamed: false);
        }
    }

    /// <summary>Asks the leader again, not the follower that it had named.</summary>
    public void LeaveReplica(FetchTarget target)
    {
        lock (_gate)
        {
            target.LeaveReplica(Environment.TickCount64);
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
            target.Report(kind, why, now, WaitingReaders.PatienceWith(kind));
        }

        _finder.Look();
    }

    /// <summary>The cluster denies that the topic or partition exists, or does not. When it has done so long enough, reading ends.</summary>
    public void OnKnown(FetchTarget target, bool isKnown)
    {
        var isGone = false;
        lock (_gate)
        {
            if (isKnown) target.Admit();
            else isGone = target.Deny(Environment.TickCount64);
        }

        if (isGone) target.Ahead.Fail(FetchFailures.Gone(target.Ahead.Source, target.Ahead.Next.Offset));
        else if (!isKnown) AwaitLeader(target, "the cluster does not know the topic or partition.");
    }

    /// <summary>What a broker sent of a partition could not be understood. It is fetched again some times, then reading ends behind what is held.</summary>
    public void OnUndecodable(FetchTarget target, long offset, string why, string broker)
    {
        int attempts;
        lock (_gate) attempts = target.CountUndecodable(offset);

        LogUndecodable(_logger, target.Ahead.Source.ToString(), offset, broker, why, attempts);
        if (attempts >= UndecodableAttempts)
            target.Ahead.Fail(FetchFailures.Unreadable(target.Ahead.Source, offset, broker, $"{why} It was fetched {attempts} times"));
        else
            Postpone(target, TimeSpan.FromMilliseconds(200 * attempts), SourceErrorKind.Transient, why);
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
            var now = Environment.TickCount64;
            foreach (var target in _targets)
                if (!target.Ahead.Ended && target.Follow(view, now)) Changed(target);
        }
    }

    /// <summary>
    /// The leader's log was found to end, in the last leader epoch that it shares with what was fetched, below what was <paramref name="asked"/> for. What was not read yet
    /// is fetched anew; reading ends only when something that was read is gone.
    /// </summary>
    public void OnCutBack(FetchTarget target, FetchPosition asked, long end, int epoch)
    {
        var partition = target.Ahead.Source;
        if (!target.Ahead.CutBack(asked, end, epoch, out var lost)) return;
        if (lost is { } range) target.Ahead.Fail(FetchFailures.Truncated(partition, range, end, epoch));
        else LogCutBack(_logger, partition.ToString(), asked.Offset, end, epoch);
        Wake(target);
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
        lock (_gate) target.Report(kind, why, Environment.TickCount64, WaitingReaders.PatienceWith(kind));
    }

    /// <inheritdoc cref="WaitingReaders.Tell"/>
    public bool TellWaiting()
    {
        lock (_gate) return _waiting.Tell(_targets, node => _fetchers.TryGetValue(node, out var fetcher) ? fetcher.SilentSince : -1, Environment.TickCount64);
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

    [LoggerMessage(LogLevel.Information, "Partition {Partition} is fetched from node {Node}, which its leader named")]
    private static partial void LogReplica(ILogger logger, string partition, int node);

    [LoggerMessage(LogLevel.Warning, "Of {Partition}, what was fetched up to {Offset} and not read yet is fetched anew: its leader ends leader epoch {Epoch} at {End}")]
    private static partial void LogCutBack(ILogger logger, string partition, long offset, long end, int epoch);

    [LoggerMessage(LogLevel.Warning, "What broker {Broker} sent of {Partition} at offset {Offset} cannot be decoded (attempt {Attempt}): {Why}")]
    private static partial void LogUndecodable(ILogger logger, string partition, long offset, string broker, string why, int attempt);
}
