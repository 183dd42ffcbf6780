using Bayou.Kafka.Connections;

namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>Dials one address in place of every other.</summary>
internal sealed class DetourDialer(HostPort to) : IDialer
{
    public ValueTask<Stream> DialAsync(HostPort broker, ClientOptions options, CancellationToken cancellationToken) =>
        TcpDialer.Instance.DialAsync(to, options, cancellationToken);
}
