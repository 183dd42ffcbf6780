namespace Bayou.Kafka.Tests.Support;

/// <summary>A theory that needs a real broker; skipped, with the reason, where there is none.</summary>
public sealed class BrokerTheoryAttribute : TheoryAttribute
{
    public BrokerTheoryAttribute() => Skip = LocalBroker.Missing!;
}
