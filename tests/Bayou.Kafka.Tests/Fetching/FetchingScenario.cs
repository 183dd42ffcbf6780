using Bayou.Definitions;
using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>A source over scripted brokers. At its end every buffer must be back, and no broker may have met a request that it could not read.</summary>
public abstract class FetchingScenario : IAsyncLifetime
{
    private readonly List<IPartitionReader> _readers = [];
    private KafkaSource? _source;

    private protected FetchingScenario(int brokers = 1) => Cluster = ScriptedCluster.Start(brokers);

    private protected ScriptedCluster Cluster { get; }

    private protected ScriptedBroker Broker => Cluster.Broker(1);

    private protected BufferPool Pool { get; } = new(poison: true);

    private protected KafkaSource Source => _source!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var reader in _readers) await reader.DisposeAsync();
        if (_source is not null) await _source.DisposeAsync();
        await Cluster.DisposeAsync();
        Assert.Equal(0, Pool.RentedBytes);
    }

    /// <summary>Adds a topic "t" and opens a source on it, with short waits.</summary>
    private protected async Task<ScriptedTopic> OpenAsync(int partitions = 1, Func<ClientOptions, ClientOptions>? change = null)
    {
        var topic = Cluster.AddTopic("t", partitions);
        await OpenOnAsync(["t"], change);
        return topic;
    }

    /// <summary>Opens a source on topics that are there.</summary>
    private protected async Task OpenOnAsync(string[] topics, Func<ClientOptions, ClientOptions>? change = null)
    {
        var options = new ClientOptions
        {
            BootstrapServers = [.. Cluster.Brokers.Select(broker => broker.AdvertisedAddress ?? broker.Address)],
            FetchWaitMax = TimeSpan.FromMilliseconds(50),
            ReconnectBackoff = TimeSpan.FromMilliseconds(10),
            ReconnectBackoffMax = TimeSpan.FromMilliseconds(50),
        };
        if (change is not null) options = change(options);
        var client = new ClusterClient(options, TcpDialer.Instance);
        await new FirstContact(client, options).ConnectAsync(topics, default);
        _source = new KafkaSource(new SourceDefinition { Kind = "kafka", Topics = topics, Options = new Dictionary<string, string>() }, options, client, TcpDialer.Instance, Pool, NullLogger.Instance);
    }

    private protected IPartitionReader OpenReader(int partition = 0, long from = 0, ReaderRole role = ReaderRole.Live, string topic = "t", int epoch = -1)
    {
        var reader = Source.OpenReader(new TopicPartition(topic, partition), from, role, epoch);
        _readers.Add(reader);
        return reader;
    }

    private protected Reading Read(int partition = 0, long from = 0, ReaderRole role = ReaderRole.Live, string topic = "t") => new(OpenReader(partition, from, role, topic), from);

    /// <summary>The failure that ends a reading.</summary>
    private protected static async Task<SourceException> FailureOf(Reading reading, int seconds = 20) =>
        await Assert.ThrowsAsync<SourceException>(() => reading.ToAsync(long.MaxValue, seconds: seconds).WaitAsync(TimeSpan.FromMinutes(1)));

    /// <summary>What a reader that waits is told.</summary>
    private protected static async Task<SourceException> NoticeOf(Reading reading, int seconds = 20) =>
        await Assert.ThrowsAsync<SourceException>(() => reading.OnceAsync(seconds: seconds));

    /// <summary>The fetch requests that a broker got, each with what it asked for anew: partition and offset.</summary>
    private protected static List<(int Partition, long Offset)> Asked(ScriptedBroker broker) =>
        [.. broker.Requests.Where(request => request.Fetch is not null).SelectMany(request => request.Fetch!.Partitions).Select(wanted => (wanted.Key.Partition, wanted.FetchOffset))];

    private protected static bool IsFetch(ScriptedRequest request) => request.Key == ApiKey.Fetch;

    private protected static bool AsksFor(ScriptedRequest request, int partition, long offset) =>
        request.Fetch is { } fetch && fetch.Partitions.Exists(wanted => wanted.Key.Partition == partition && wanted.FetchOffset == offset);

    /// <summary>"v0" to before "v(to)", from somewhere on.</summary>
    private protected static string[] Values(int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => $"v{i}")];

    /// <summary>Appends batches of values "vN", numbered by their offsets.</summary>
    private protected static void Append(ScriptedPartition partition, int batches, int perBatch = 1)
    {
        for (; batches > 0; batches--) partition.Append(Values((int)partition.LogEnd, (int)partition.LogEnd + perBatch));
    }
}
