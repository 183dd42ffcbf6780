namespace Bayou.Kafka.Tests.Support;

/// <summary>A topic of a scripted cluster.</summary>
internal sealed class ScriptedTopic
{
    private readonly List<ScriptedPartition> _partitions = [];
    private readonly ScriptedCluster _cluster;

    public ScriptedTopic(ScriptedCluster cluster, string name, Guid id, int partitions)
    {
        (_cluster, Name, Id) = (cluster, name, id);
        AddPartitions(partitions);
    }

    public string Name { get; }

    public Guid Id { get; }

    public int Count => _partitions.Count;

    public IReadOnlyList<ScriptedPartition> Partitions => _partitions;

    public ScriptedPartition this[int partition] => _partitions[partition];

    /// <summary>Adds partitions, led by the brokers in turn.</summary>
    public void AddPartitions(int count) => _cluster.Change(() =>
    {
        for (; count > 0; count--) _partitions.Add(new ScriptedPartition(_cluster, this, _partitions.Count, _cluster.Brokers[_partitions.Count % _cluster.Brokers.Count].NodeId));
        return _partitions.Count;
    });
}
