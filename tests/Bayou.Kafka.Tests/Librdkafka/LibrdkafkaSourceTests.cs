namespace Bayou.Kafka.Tests.Librdkafka;

/// <summary>librdkafka against its own embedded brokers.</summary>
public sealed class LibrdkafkaSourceTests() : KafkaSourceTests(ClientChoice.Librdkafka);
