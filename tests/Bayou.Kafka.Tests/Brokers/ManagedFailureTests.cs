using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Brokers;

/// <summary>What goes wrong with a real broker, read by the managed client.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ManagedFailureTests(LocalBroker broker) : BrokerFailureTests(broker, ClientChoice.Managed)
{
    /// <inheritdoc/>
    protected override (SourceErrorKind Kind, string Words) MadeAnew => (SourceErrorKind.UnknownTopic, "was deleted and made anew");

    /// <inheritdoc/>
    protected override (SourceErrorKind Missing, SourceErrorKind[] Unwanted) Encryption => (SourceErrorKind.Fatal, [SourceErrorKind.Transient]);
}
