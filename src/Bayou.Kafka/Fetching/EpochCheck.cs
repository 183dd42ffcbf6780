using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>Makes sure, when leaders have changed, that their logs still hold what was read: asks each where the leader epoch that was read last ends.</summary>
internal sealed class EpochCheck(FetchGroup group, ClusterClient cluster)
{
    /// <summary>Asks all leaders at once. A partition whose leader could not tell is looked for again.</summary>
    public Task RunAsync(IEnumerable<FetchTarget> targets, CancellationToken cancellationToken) => Task.WhenAll(targets
        .Where(target => target is { MustValidate: true, Leader: >= 0, Ahead.Ended: false })
        // Where several readers meet on a partition, the others follow next time: a question must not name it twice.
        .DistinctBy(target => target.Ahead.Source)
        .Select(target => (Target: target, At: target.Ahead.Next))
        .GroupBy(each => each.Target.Leader)
        .Select(leader => AskAsync(leader.Key, [.. leader], cancellationToken)));

    private async Task AskAsync(int leader, List<(FetchTarget Target, FetchPosition At)> wanted, CancellationToken cancellationToken)
    {
        try
        {
            var queries = wanted.ConvertAll(each => new EpochQuery(each.Target.Ahead.Source, each.Target.LeaderEpoch, each.At.Epoch));
            var answers = (await cluster.AskAsync(leader, new OffsetForLeaderEpochRequest(queries), cancellationToken)).ToLookup(answer => answer.Source);
            foreach (var (target, at) in wanted) Judge(target, at, leader, answers[target.Ahead.Source].FirstOrDefault(Missing(target.Ahead.Source)));
        }
        catch (BrokerException failure) when (failure.Kind == SourceErrorKind.Fatal)
        {
            // A broker that cannot be asked this cannot tell epochs either.
            foreach (var (target, _) in wanted) group.Validated(target);
        }
        catch (BrokerException failure)
        {
            foreach (var (target, _) in wanted) group.AwaitLeader(target, failure.Message);
        }
    }

    private static EpochEnd Missing(TopicPartition partition) => new(partition, BrokerError.UnknownServerError, -1, -1);

    private void Judge(FetchTarget target, FetchPosition at, int leader, EpochEnd answer)
    {
        var partition = target.Ahead.Source;
        if (target.Ahead.Next != at) return; // the reader went back meanwhile: it is asked about again
        if (answer.Error is not BrokerError.None and not BrokerError.UnsupportedVersion)
        {
            group.AwaitLeader(target, $"broker {cluster.AddressOf(leader)} could not say how far {partition} is valid: {ErrorKinds.Describe(answer.Error)}.");
        }
        else if (target.LeaderEpoch >= 0 && at.Epoch > target.LeaderEpoch)
        {
            // Epochs only grow, as long as a topic lives.
            target.Ahead.Fail(FetchFailures.EpochsBeganAnew(partition, at.Offset, at.Epoch, target.LeaderEpoch), dropHeld: true);
        }
        else if (answer.Error != BrokerError.None || answer.EndOffset < 0 || (answer.EndOffset >= at.Offset && answer.Epoch >= at.Epoch))
        {
            group.Validated(target);
        }
        else
        {
            group.OnCutBack(target, at, answer.EndOffset, answer.Epoch);
            group.Validated(target);
        }
    }
}
