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
    // A broker may not know a new topic for a moment. Denied this often, with growing waits in between, it is not there.
    private const int Denials = 3;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnauthorizedAgain = TimeSpan.FromSeconds(5);

    private readonly FetchGroup _group;
    private readonly ClusterClient _cluster;
    private readonly ClientOptions _options;
    private readonly ILogger _logger;
    private readonly JitteredBackoff _backoff = new(First, Longest);
    private readonly Signal _look = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _lookedAt = Environment.TickCount64;

    /// <summary>Looks until disposed of.</summary>
    public LeaderFinder(FetchGroup group, ClusterClient cluster, ClientOptions options, ILogger logger)
    {
        (_group, _cluster, _options, _logger) = (group, cluster, options, logger);
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
        try
        {
            while (true)
            {
                var targets = _group.Snapshot();
                targets.RemoveAll(target => target.Ahead.Ended);
                var isDue = _options.MetadataInterval > TimeSpan.Zero && Environment.TickCount64 - _lookedAt >= (long)_options.MetadataInterval.TotalMilliseconds;
                if (targets.Count > 0 && (isDue || targets.Exists(IsUnsettled))) await LookAsync(targets);
                _group.TellWaiting();
                if (targets.Exists(target => IsUnsettled(target) && !target.Ahead.Ended))
                {
                    await Task.Delay(_backoff.Next(), _stop.Token);
                    continue;
                }

                _backoff.Reset();
                await _look.WaitAsync(targets.Exists(target => target.TroubledSince >= 0) ? Longest : _options.MetadataInterval, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private static bool IsUnsettled(FetchTarget target) => target.Leader < 0 || target.MustValidate;

    private async Task LookAsync(List<FetchTarget> targets)
    {
        try
        {
            var view = await _cluster.RefreshAsync([.. targets.Select(target => target.Ahead.Source.Topic).Distinct()], _stop.Token);
            _lookedAt = Environment.TickCount64;
            foreach (var target in targets) Judge(target, view);
            _group.Locate(view);
            foreach (var target in targets)
                if (target is { MustValidate: true, Leader: >= 0 } && !target.Ahead.Ended) await ValidateAsync(target);
        }
        catch (BrokerException failure)
        {
            foreach (var target in targets) _group.Report(target, failure.Kind, failure.Message);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            LogUnexpected(_logger, failure);
            // Not at once again, whatever it was.
            await Task.Delay(Longest, _stop.Token);
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
        else if (topic.IsUnknown || (topic.Error == BrokerError.None && partition.Partition >= topic.Partitions.Length))
        {
            if (++target.Denied >= Denials) target.Ahead.Fail(FetchFailures.Gone(partition, next));
            else _group.LoseLeader(target, "the cluster does not know the topic or partition.");
        }
        else if (topic.Error != BrokerError.None)
        {
            _group.LoseLeader(target, $"the cluster says of the topic: {ErrorKinds.Describe(topic.Error)}.");
        }
        else if (target.TopicId != Guid.Empty && topic.Id != Guid.Empty && target.TopicId != topic.Id)
        {
            target.Ahead.Fail(FetchFailures.MadeAnew(partition, next, target.TopicId, topic.Id), dropHeld: true);
        }
        else if (topic.Partitions[partition.Partition].Leader < 0)
        {
            _group.LoseLeader(target, $"partition {partition} has no leader.");
        }
        else
        {
            target.Denied = 0;
        }
    }

    /// <summary>Whether the new leader's log still holds what was read: the end of the epoch that was read last must not lie below.</summary>
    private async Task ValidateAsync(FetchTarget target)
    {
        var partition = target.Ahead.Source;
        var next = target.Ahead.Next.Offset;
        try
        {
            var answers = await _cluster.AskAsync(
                target.Leader, new OffsetForLeaderEpochRequest([new EpochQuery(partition, target.LeaderEpoch, target.FetchedEpoch)]), _stop.Token);
            var answer = answers.Single(end => end.Source == partition);
            switch (answer.Error)
            {
                case BrokerError.None when answer.EndOffset >= 0 && answer.EndOffset < next:
                    target.Ahead.Fail(FetchFailures.Truncated(partition, next, answer.EndOffset, target.FetchedEpoch));
                    break;
                case BrokerError.None or BrokerError.UnsupportedVersion:
                    _group.Validated(target);
                    break;
                default:
                    _group.LoseLeader(target, $"broker {_cluster.AddressOf(target.Leader)} could not say how far {partition} is valid: {ErrorKinds.Describe(answer.Error)}.");
                    break;
            }
        }
        catch (BrokerException failure) when (failure.Kind == SourceErrorKind.Fatal)
        {
            // A broker that cannot be asked this cannot tell epochs either.
            _group.Validated(target);
        }
        catch (BrokerException failure)
        {
            _group.LoseLeader(target, failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "Looking for the leaders of partitions met an unexpected error; it is done again")]
    private static partial void LogUnexpected(ILogger logger, Exception failure);
}
