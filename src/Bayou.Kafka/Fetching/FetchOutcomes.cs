using System.Collections.Concurrent;
using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Fetching;

/// <summary>Decides what an error that a broker gave for one partition means for its reader. What must be asked of the leader first is asked in the background.</summary>
internal sealed partial class FetchOutcomes(FetchGroup group, ClusterClient cluster, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusedAgain = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<FetchTarget, Task> _asking = new();

    /// <summary>A broker gave an error instead of records.</summary>
    public void OnError(FetchTarget target, long offset, BrokerError error, string broker, bool isReplica)
    {
        var partition = target.Ahead.Source;
        var why = $"broker {broker} says of {partition}: {ErrorKinds.Describe(error)}.";
        switch (error)
        {
            case BrokerError.OffsetOutOfRange when isReplica:
            case var _ when isReplica && ErrorKinds.IsLeadershipMatter(error):
                // A follower may lag behind. Only the leader can say that an offset is not there.
                group.LeaveReplica(target);
                break;
            case BrokerError.OffsetOutOfRange:
                group.Postpone(target, LaterAgain, SourceErrorKind.Transient, why);
                _asking.GetOrAdd(target, key => Task.Run(() => DecideOutOfRangeAsync(key, offset)));
                break;
            case BrokerError.UnknownTopicOrPartition or BrokerError.UnknownTopicId or BrokerError.InconsistentTopicId or BrokerError.FetchSessionTopicIdError:
            case var _ when ErrorKinds.IsLeadershipMatter(error):
                group.LoseLeader(target, why);
                break;
            case BrokerError.TopicAuthorizationFailed:
                group.Postpone(target, RefusedAgain, SourceErrorKind.Refused, FetchFailures.Unauthorized(partition, offset, broker, RefusedAgain).Message);
                break;
            case BrokerError.CorruptMessage:
                target.Ahead.GoBack(offset, "the broker finds its own log corrupt there.", broker);
                break;
            case BrokerError.UnsupportedCompressionType or BrokerError.UnsupportedForMessageFormat or BrokerError.UnsupportedVersion:
                target.Ahead.Fail(FetchFailures.Unreadable(partition, offset, broker, ErrorKinds.Describe(error)));
                break;
            default:
                group.Postpone(target, error == BrokerError.OffsetNotAvailable ? SoonAgain : LaterAgain, SourceErrorKind.Transient, why);
                break;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_asking.Values);
        _stop.Dispose();
    }

    private async Task DecideOutOfRangeAsync(FetchTarget target, long offset)
    {
        try
        {
            // What is not committed yet is not out of range.
            var bounds = await new OffsetQueries(cluster).BoundsAsync(target.Ahead.Source, isReadCommitted: false, _stop.Token);
            if (offset < bounds.Low || offset > bounds.High) target.Ahead.Fail(FetchFailures.OutOfRange(target.Ahead.Source, offset, bounds));
        }
        catch (SourceException failure)
        {
            LogUndecided(logger, failure.Message, target.Ahead.Source.ToString());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        finally
        {
            _asking.TryRemove(target, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether an offset of {Partition} is out of range could not be asked; it is fetched again where it was: {Failure}")]
    private static partial void LogUndecided(ILogger logger, string failure, string partition);
}
