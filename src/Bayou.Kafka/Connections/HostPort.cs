namespace Bayou.Kafka.Connections;

/// <summary>Where a broker listens.</summary>
internal readonly record struct HostPort(string Host, int Port)
{
    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
