using System.Runtime.InteropServices;
using Bayou.Kafka.Librdkafka.Native;

namespace Bayou.Kafka.Tools;

/// <summary>
/// A Kafka cluster inside this process, for demos and tests: librdkafka's own mock brokers, on loopback ports. It keeps everything in memory and
/// forgets it when disposed. It knows neither transactions' markers, compaction, times, nor access rights.
/// </summary>
/// <remarks>
/// A partition keeps its newest record batches only, up to <see cref="MaxRetainedBytesPerPartition"/> and
/// <see cref="MaxRetainedBatchesPerPartition"/>; older ones are dropped as new ones come, and nothing can raise that. Batches are kept as they
/// were sent: compressed by the producer, several times as many records fit.
/// </remarks>
public sealed class MockKafkaCluster : IDisposable
{
    /// <summary>Bytes of record batches, as sent, that a partition keeps at least (5 MiB); its oldest batches beyond that are lost.</summary>
    public const long MaxRetainedBytesPerPartition = 5 * 1024 * 1024;

    /// <summary>Record batches that a partition keeps; its oldest beyond that are lost.</summary>
    public const int MaxRetainedBatchesPerPartition = 100_000;

    private readonly NativeClient _host;
    private nint _cluster;

    /// <summary>Starts a cluster.</summary>
    /// <exception cref="InvalidOperationException">The mock brokers could not listen.</exception>
    public MockKafkaCluster(int brokers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(brokers, 1);
        _host = new NativeClient([]);
        _cluster = RdKafka.MockClusterNew(_host.Handle, brokers);
        if (_cluster == 0)
        {
            _host.Dispose();
            throw new InvalidOperationException($"Starting {brokers} mock Kafka brokers on loopback failed; nothing is listening.");
        }

        BootstrapServers = Marshal.PtrToStringUTF8(RdKafka.MockClusterBootstraps(_cluster))!;
    }

    /// <summary>The brokers' addresses, for <c>bootstrap.servers</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>Creates a topic.</summary>
    /// <exception cref="InvalidOperationException">There is one of this name.</exception>
    public void CreateTopic(string topic, int partitions)
    {
        ObjectDisposedException.ThrowIf(_cluster == 0, this);
        var error = RdKafka.MockTopicCreate(_cluster, topic, partitions, 1);
        if (error != 0)
            throw new InvalidOperationException($"Creating topic {topic} with {partitions} partitions in the mock cluster failed (librdkafka error {error}); there may be one of that name.");
    }

    /// <summary>Makes a broker (from 1) unreachable: connections break and new ones are refused.</summary>
    public void TakeDown(int broker) => Require(RdKafka.MockBrokerSetDown(_cluster, broker), "Taking down", broker);

    /// <summary>Makes a broker reachable again, with what it had.</summary>
    public void BringUp(int broker) => Require(RdKafka.MockBrokerSetUp(_cluster, broker), "Bringing up", broker);

    /// <inheritdoc/>
    public void Dispose()
    {
        var cluster = Interlocked.Exchange(ref _cluster, 0);
        if (cluster == 0) return;
        RdKafka.MockClusterDestroy(cluster);
        _host.Dispose();
    }

    private static void Require(int error, string action, int broker)
    {
        if (error != 0) throw new InvalidOperationException($"{action} mock Kafka broker {broker} failed (librdkafka error {error}); brokers are numbered from 1.");
    }
}
