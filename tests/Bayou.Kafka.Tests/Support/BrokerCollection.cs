namespace Bayou.Kafka.Tests.Support;

/// <summary>Tests that share one broker, and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<LocalBroker>
{
    public const string Name = "broker";
}
