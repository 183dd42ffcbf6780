using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Support;

/// <summary>
/// Brokers that speak Kafka's protocol on loopback and do what a test says: <c>await using var cluster = ScriptedCluster.Start(); cluster.AddTopic("events")[0].Append("a", "b");</c>
/// </summary>
internal sealed class ScriptedCluster : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ScriptedTopic> _topics = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedCluster(int brokers) => Brokers = [.. Enumerable.Range(1, brokers).Select(id => new ScriptedBroker(this, id))];

    /// <summary>The brokers, node ids from 1.</summary>
    public IReadOnlyList<ScriptedBroker> Brokers { get; }

    public string ClusterId { get; set; } = "scripted";

    /// <summary>Node id of the broker that keeps all groups' offsets.</summary>
    public int Coordinator { get; set; } = 1;

    /// <summary>Whether brokers tell topic ids; old ones do not.</summary>
    public bool HasTopicIds { get; set; } = true;

    /// <summary>What was committed for groups.</summary>
    public Dictionary<(string Group, TopicPartition Source), long> Committed { get; } = [];

    /// <summary>All brokers' addresses, as <c>bootstrap.servers</c> has them.</summary>
    public string BootstrapServers => string.Join(',', Brokers.Select(broker => broker.Address));

    public IReadOnlyDictionary<string, ScriptedTopic> Topics => _topics;

    /// <summary>Completes at the next change of anything. Take it before looking.</summary>
    public Task Changed => Read(() => _changed.Task);

    public static ScriptedCluster Start(int brokers = 1)
    {
        var cluster = new ScriptedCluster(brokers);
        foreach (var broker in cluster.Brokers) broker.Start();
        return cluster;
    }

    public ScriptedBroker Broker(int nodeId) => Brokers[nodeId - 1];

    /// <summary>Adds a topic with a new id, or replaces the one of that name, as deleting it and making it anew does.</summary>
    public ScriptedTopic AddTopic(string name, int partitions = 1) => Change(() => _topics[name] = new ScriptedTopic(this, name, Guid.NewGuid(), partitions));

    public void RemoveTopic(string name) => Change(() => _topics.Remove(name));

    public ScriptedTopic? FindTopic(string name) => _topics.GetValueOrDefault(name);

    public ScriptedTopic? FindTopic(Guid id) => _topics.Values.FirstOrDefault(topic => topic.Id == id);

    /// <summary>Scripts all brokers, see <see cref="ScriptedBroker.On"/>.</summary>
    public void On(ApiKey key, Func<ScriptedRequest, ScriptedAnswer> answer)
    {
        foreach (var broker in Brokers) broker.On(key, answer);
    }

    /// <summary>Sets all brokers' versions, for instance <see cref="BrokerVersions.Kafka21"/>.</summary>
    public void SetVersions(IReadOnlyDictionary<ApiKey, VersionRange> versions)
    {
        foreach (var broker in Brokers) broker.Versions = versions;
    }

    /// <summary>Changes something while no broker looks, and wakes waiting fetches.</summary>
    public T Change<T>(Func<T> change)
    {
        lock (_lock)
        {
            var result = change();
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return result;
        }
    }

    /// <summary>Looks while nothing changes.</summary>
    public T Read<T>(Func<T> look)
    {
        lock (_lock) return look();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var broker in Brokers) await broker.StopAsync();
    }
}
