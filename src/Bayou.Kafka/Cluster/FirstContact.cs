using System.Diagnostics;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Cluster;

/// <summary>
/// Makes sure, when a source is opened, that the cluster answers and has the topics, within 9 s. What will not pass by itself fails at once.
/// </summary>
internal sealed class FirstContact(ClusterClient cluster, ClientOptions options)
{
    // What fails quickly is tried again for this long, as brokers may be just starting; what does not answer at all is waited for longer.
    private static readonly TimeSpan Persistence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Connects and looks at each topic.</summary>
    /// <exception cref="SourceException">No broker answered, one refused, or there is no such topic; the message says which address and step.</exception>
    public async Task ConnectAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        await ReachAsync(topics, cancellationToken);
        foreach (var topic in topics)
            if (cluster.View.Topics.GetValueOrDefault(topic) is not { Error: BrokerError.None, Partitions.Length: > 0 })
                await TopicQueries.DescribeAsync(cluster, topic, cancellationToken);
    }

    private async Task ReachAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var since = Stopwatch.GetTimestamp();
        var backoff = new JitteredBackoff(First, Longest);
        BrokerException? last = null;
        while (true)
        {
            try
            {
                await cluster.RefreshAsync(topics, limit.Token);
                return;
            }
            catch (BrokerException failure) when (failure.Kind != SourceErrorKind.Transient || Stopwatch.GetElapsedTime(since) > Persistence)
            {
                throw Failed(failure.Kind, failure.Message, failure);
            }
            catch (BrokerException failure)
            {
                last = failure;
                await Task.Delay(backoff.Next(), cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Failed(SourceErrorKind.Transient, last?.Message ?? $"No answer within {Patience.TotalSeconds:F0} s; check the address and the network.", last);
            }
        }
    }

    private SourceException Failed(SourceErrorKind kind, string why, Exception? inner) => new(
        kind, $"Opening Kafka at {cluster.Addresses} ({options.Security}) failed. {why} Nothing was started.", inner);
}
