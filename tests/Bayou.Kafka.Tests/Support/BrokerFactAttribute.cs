namespace Bayou.Kafka.Tests.Support;

/// <summary>A fact that needs a real broker; skipped, with the reason, where there is none.</summary>
public sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() => Skip = LocalBroker.Missing!;
}
