using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Brokers;

/// <summary>What goes wrong with a real broker, read by librdkafka.</summary>
[Collection(BrokerCollection.Name)]
public sealed class LibrdkafkaFailureTests(LocalBroker broker) : BrokerFailureTests(broker, ClientChoice.Librdkafka)
{
    /// <inheritdoc/>
    protected override (SourceErrorKind Kind, string Words) MadeAnew => (SourceErrorKind.OffsetOutOfRange, "which ends below");

    // The handshake's failure, or just the connection that it cost: whichever librdkafka tells first.
    /// <inheritdoc/>
    protected override (SourceErrorKind Missing, SourceErrorKind[] Unwanted) Encryption => (SourceErrorKind.Transient, [SourceErrorKind.Refused, SourceErrorKind.Transient]);
}
