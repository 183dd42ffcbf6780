namespace Bayou.Kafka.Tests.Support;

/// <summary>What a <see cref="FaultProxy"/> does to a connection.</summary>
public enum Fault
{
    /// <summary>Closes it, as a broker that ends would.</summary>
    Cut,

    /// <summary>Resets it, as a broken path would: what was not received yet is lost.</summary>
    Reset,

    /// <summary>Forwards nothing any more, but stays connected, until <see cref="FaultProxy.Heal"/>.</summary>
    Stall,

    /// <summary>Forwards <see cref="FaultProxy.SlowBytesPerSecond"/>, until <see cref="FaultProxy.Heal"/>.</summary>
    Slow,
}
