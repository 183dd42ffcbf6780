using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Cluster;

/// <summary>Commits offsets to consumer groups without joining them, so that outside tools can show lag. Best effort; one commit at a time.</summary>
internal sealed partial class ProgressCommits(ClusterClient cluster, ILogger logger)
{
    private int _busy;

    /// <summary>Commits; does nothing while an earlier commit is on its way.</summary>
    public async Task CommitAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken)
    {
        if (nextOffsets.Count == 0 || Interlocked.Exchange(ref _busy, 1) == 1) return;
        try
        {
            var coordinator = await cluster.AskAnyAsync(new FindCoordinatorRequest(group), cancellationToken);
            if (coordinator.Error != BrokerError.None)
            {
                LogRefused(logger, group, ErrorKinds.Describe(coordinator.Error));
                return;
            }

            var commit = new OffsetCommitRequest(group, [.. nextOffsets.Select(next => new GroupOffset(next.Key, next.Value, -1))]);
            foreach (var stored in await cluster.AskAsync(coordinator.Id, commit, cancellationToken))
                if (stored.Error != BrokerError.None) LogRefused(logger, group, $"{stored.Source}: {ErrorKinds.Describe(stored.Error)}");
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "Publishing progress to consumer group {Group} failed: {Reason}; only outside tools miss it")]
    private static partial void LogRefused(ILogger logger, string group, string reason);
}
