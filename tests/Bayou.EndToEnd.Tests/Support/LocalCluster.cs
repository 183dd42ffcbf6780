namespace Bayou.EndToEnd.Tests.Support;

/// <summary>Three real Kafka brokers on loopback: each record is on all of them, and two are enough to write.</summary>
public sealed class LocalCluster() : LocalBroker("nodes=3")
{
    public const int Nodes = 3;
}
