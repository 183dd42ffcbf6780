using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Brokers;

/// <summary>Reading from a real broker by librdkafka.</summary>
[Collection(BrokerCollection.Name)]
public sealed class LibrdkafkaReadingTests(LocalBroker broker) : BrokerReadingTests(broker, ClientChoice.Librdkafka);
