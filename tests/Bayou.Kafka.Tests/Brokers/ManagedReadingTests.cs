using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Brokers;

/// <summary>Reading from a real broker by the managed client.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ManagedReadingTests(LocalBroker broker) : BrokerReadingTests(broker, ClientChoice.Managed);
