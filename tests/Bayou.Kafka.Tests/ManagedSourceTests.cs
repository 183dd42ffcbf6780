namespace Bayou.Kafka.Tests;

/// <summary>The managed client against librdkafka's embedded brokers.</summary>
public sealed class ManagedSourceTests() : KafkaSourceTests(ClientChoice.Managed);
