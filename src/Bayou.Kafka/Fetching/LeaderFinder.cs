using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// Looks for the leaders of a group's partitions while some are not known, and now and then without need. Finds out that a topic was deleted or made anew, and
/// makes sure, when a leader has changed, that its log still holds what was read before.
/// </summary>
internal sealed partial class LeaderFinder : IAsyncDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnauthorizedAgain = TimeSpan.FromSeconds(5);

    private readonly FetchGroup _group;
    private readonly ClusterClient _cluster;
    private readonly ClientOptions _options;
    private readonly ILogger _logger;
    private readonly JitteredBackoff _backoff = new(First, Longest);
    private readonly EpochCheck _epochs;
    private readonly Signal _look = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _lookedAt = Environment.TickCount64;

    /// <summary>Looks until disposed of.</summary>
    public LeaderFinder(FetchGroup group, ClusterClient cluster, ClientOptions options, ILogger logger)
    {
        (_group, _cluster, _options, _logger) = (group, cluster, options, logger);
        _epochs = new EpochCheck(group, cluster);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Something may have changed.</summary>
    public void Look() => _look.Set();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _look.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await LookWhereNeededAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                LogUnexpected(_logger, failure);
                // Not at once again, whatever it was.
                await Task.Delay(Longest, CancellationToken.None);
            }
        }
    }

    private async Task LookWhereNeededAsync()
    {
        var isSomeSlow = _group.TellWaiting();
        var targets = _group.Snapshot();
        targets.RemoveAll(target => target.Ahead.Ended);
        if (targets.Count > 0 && (targets.Exists(IsUnsettled) || IsDue(isSomeSlow)))
        {
            var looking = LookAsync(targets);
            // However long the cluster takes to answer, readers are told in time.
            while (await Task.WhenAny(looking, Task.Delay(Longest)) != looking) _group.TellWaiting();
            await looking;
        }

        if (targets.Exists(target => IsUnsettled(target) && !target.Ahead.Ended))
        {
            await Task.Delay(_backoff.Next(), _stop.Token);
            return;
        }

        _backoff.Reset();
        // Awake often enough to notice a broker that does not answer.
        await _look.WaitAsync(_options.MetadataInterval > TimeSpan.Zero && _options.MetadataInterval < Longest ? _options.MetadataInterval : Longest, _stop.Token);
    }

    private static bool IsUnsettled(FetchTarget target) => target.Leader < 0 || target.MustValidate;

    // With a broker that does not answer, it is not waited for as long as without need.
    private bool IsDue(bool isSomeSlow)
    {
        var interval = isSomeSlow ? Slow : _options.MetadataInterval;
        return interval > TimeSpan.Zero && Environment.TickCount64 - _lookedAt >= (long)interval.TotalMilliseconds;
    }

    private async Task LookAsync(List<FetchTarget> targets)
    {
        try
        {
            var view = await _cluster.RefreshAsync([.. targets.Select(target => target.Ahead.Source.Topic).Distinct()], _stop.Token);
            _lookedAt = Environment.TickCount64;
            foreach (var target in targets) Judge(target, view);
            _group.Locate(view);
            await _epochs.RunAsync(targets, _stop.Token);
        }
        catch (BrokerException failure)
        {
            _lookedAt = Environment.TickCount64;
            // Those whose leader is known are fetched as before.
            foreach (var target in targets)
                if (IsUnsettled(target)) _group.Report(target, failure.Kind, failure.Message);
        }
    }

    private void Judge(FetchTarget target, ClusterView view)
    {
        var partition = target.Ahead.Source;
        var next = target.Ahead.Next.Offset;
        if (view.Topics.GetValueOrDefault(partition.Topic) is not { } topic) return;
        if (topic.Error == BrokerError.TopicAuthorizationFailed)
        {
            _group.Postpone(target, UnauthorizedAgain, SourceErrorKind.Refused, FetchFailures.Unauthorized(partition, next, "the cluster", UnauthorizedAgain).Message);
        }
        else if (target.MadeAnewIn(view) is { } now)
        {
            target.Ahead.Fail(FetchFailures.MadeAnew(partition, next, target.TopicId, now), dropHeld: true);
        }
        else if (topic.IsUnknown || (topic.Error == BrokerError.None && partition.Partition >= topic.Partitions.Length))
        {
            _group.OnKnown(target, isKnown: false);
        }
        else if (topic.Error != BrokerError.None)
        {
            _group.AwaitLeader(target, $"the cluster says of the topic: {ErrorKinds.Describe(topic.Error)}.");
        }
        else if (topic.Partitions[partition.Partition].Leader < 0)
        {
            _group.AwaitLeader(target, $"partition {partition} has no leader.");
        }
        else
        {
            _group.OnKnown(target, isKnown: true);
        }
    }

    [LoggerMessage(LogLevel.Error, "Looking for the leaders of partitions met an unexpected error; it is done again")]
    private static partial void LogUnexpected(ILogger logger, Exception failure);
}
