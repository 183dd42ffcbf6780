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

    // Leaders that were lost one time after another, with waits between them of 2 s together.
    private const int PatienceWithEpochs = 7;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<FetchTarget, Task> _asking = [];

    /// <summary>A broker gave an error instead of records.</summary>
    public void OnError(FetchTarget target, FetchPosition asked, BrokerError error, string broker, bool isReplica)
    {
        var (partition, offset) = (target.Ahead.Source, asked.Offset);
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
                lock (_asking)
                    if (!_asking.ContainsKey(target)) _asking.Add(target, Task.Run(() => DecideOutOfRangeAsync(target, asked)));
                break;
            case BrokerError.UnknownLeaderEpoch when target.TopicId == Guid.Empty && target.Losses >= PatienceWithEpochs:
                // Without an id, a topic that was made anew is told from a broker that lags behind only by how long this lasts.
                cluster.Forget(partition.Topic);
                group.LoseLeader(target, why);
                break;
            case BrokerError.UnknownTopicOrPartition or BrokerError.UnknownTopicId or BrokerError.InconsistentTopicId or BrokerError.FetchSessionTopicIdError:
            case var _ when ErrorKinds.IsLeadershipMatter(error):
                group.LoseLeader(target, why);
                break;
            case BrokerError.TopicAuthorizationFailed:
                group.Postpone(target, RefusedAgain, SourceErrorKind.Refused, FetchFailures.Unauthorized(partition, offset, broker, RefusedAgain).Message);
                break;
            case BrokerError.CorruptMessage:
                group.OnUndecodable(target, offset, "the broker finds its own log corrupt there.", broker);
                break;
            case BrokerError.UnsupportedCompressionType or BrokerError.UnsupportedForMessageFormat or BrokerError.UnsupportedVersion:
                target.Ahead.Fail(FetchFailures.Unreadable(partition, offset, broker, ErrorKinds.Describe(error)));
                break;
            default:
                group.Postpone(target, error == BrokerError.OffsetNotAvailable ? SoonAgain : LaterAgain, SourceErrorKind.Transient, why);
                break;
        }
    }

    /// <summary>A broker says that its log is not the one that was read: it was cut back, or it is another topic's. Which one is found out before anything is concluded.</summary>
    public void OnDiverging(FetchTarget target, string broker, bool isReplica)
    {
        // A follower may just not have got that far.
        if (isReplica) group.LeaveReplica(target);
        else group.LoseLeader(target, $"broker {broker} says that its log of {target.Ahead.Source} is not the one that was read.", mustValidate: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] asking;
        lock (_asking) asking = [.. _asking.Values];
        await Task.WhenAll(asking);
        _stop.Dispose();
    }

    private async Task DecideOutOfRangeAsync(FetchTarget target, FetchPosition asked)
    {
        try
        {
            // Where fetches name topics by name, this may be the first that is heard of another topic of that name.
            var view = await cluster.RefreshAsync([target.Ahead.Source.Topic], _stop.Token);
            if (target.MadeAnewIn(view) is { } now)
            {
                target.Ahead.Fail(FetchFailures.MadeAnew(target.Ahead.Source, asked.Offset, target.TopicId, now), dropHeld: true);
                return;
            }

            // What is not committed yet is not out of range.
            var bounds = await new OffsetQueries(cluster).BoundsAsync(target.Ahead.Source, isReadCommitted: false, _stop.Token);
            if (target.Ahead.Next == asked && (asked.Offset < bounds.Low || asked.Offset > bounds.High))
                target.Ahead.Fail(FetchFailures.OutOfRange(target.Ahead.Source, asked.Offset, bounds));
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            LogUndecided(logger, failure.Message, target.Ahead.Source.ToString());
        }
        catch (Exception)
        {
            // Nobody needs to know any more.
        }
        finally
        {
            lock (_asking) _asking.Remove(target);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether an offset of {Partition} is out of range could not be asked; it is fetched again where it was: {Failure}")]
    private static partial void LogUndecided(ILogger logger, string failure, string partition);
}
