using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Cluster;

/// <summary>Commits offsets to consumer groups without joining them, so that outside tools can show lag. Best effort; one commit at a time.</summary>
internal sealed partial class ProgressCommits(ClusterClient cluster, ILogger logger)
{
    private const int MostRetries = 6;
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryLongest = TimeSpan.FromSeconds(1);

    private int _busy;

    /// <summary>Commits; does nothing while an earlier commit is on its way.</summary>
    public async Task CommitAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken)
    {
        if (nextOffsets.Count == 0 || Interlocked.Exchange(ref _busy, 1) == 1) return;
        try
        {
            var commit = new OffsetCommitRequest(group, [.. nextOffsets.Select(next => new GroupOffset(next.Key, next.Value, -1))]);
            var backoff = new JitteredBackoff(RetryFirst, RetryLongest);
            // The first commit of a cluster's first group has to wait until the broker has made its topic of offsets.
            while (await TryCommitAsync(group, commit, cancellationToken) is { } reason)
            {
                LogRefused(logger, group, reason);
                if (backoff.Attempts >= MostRetries) return;
                await Task.Delay(backoff.Next(), cancellationToken);
            }
        }
        catch (Exception failure) when (failure is BrokerException or ObjectDisposedException)
        {
            LogRefused(logger, group, failure.Message);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Null when the commit is done, or cannot be; else why to try it again.</summary>
    private async Task<string?> TryCommitAsync(string group, OffsetCommitRequest commit, CancellationToken cancellationToken)
    {
        var coordinator = await cluster.AskAnyAsync(new FindCoordinatorRequest(group), cancellationToken);
        if (MayPass(coordinator.Error)) return ErrorKinds.Describe(coordinator.Error);
        if (coordinator.Error != BrokerError.None)
        {
            LogRefused(logger, group, ErrorKinds.Describe(coordinator.Error));
            return null;
        }

        var passing = BrokerError.None;
        foreach (var stored in await cluster.AskAsync(coordinator.Id, commit, cancellationToken))
        {
            if (MayPass(stored.Error)) passing = stored.Error;
            else if (stored.Error != BrokerError.None) LogRefused(logger, group, $"{stored.Source}: {ErrorKinds.Describe(stored.Error)}");
        }

        return MayPass(passing) ? ErrorKinds.Describe(passing) : null;
    }

    private static bool MayPass(BrokerError error) =>
        error is BrokerError.CoordinatorNotAvailable or BrokerError.CoordinatorLoadInProgress or BrokerError.NotCoordinator;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Publishing progress to consumer group {Group} failed: {Reason}; only outside tools miss it")]
    private static partial void LogRefused(ILogger logger, string group, string reason);
}
