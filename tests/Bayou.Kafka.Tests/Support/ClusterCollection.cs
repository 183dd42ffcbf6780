namespace Bayou.Kafka.Tests.Support;

/// <summary>Tests that share three brokers, and run one after another, with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterCollection : ICollectionFixture<LocalCluster>
{
    public const string Name = "cluster";
}
