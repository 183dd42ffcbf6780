namespace Bayou.Kafka.Connections;

/// <summary>Opens the bytes to a broker and back, without encryption. The seam where tests put something between client and broker.</summary>
internal interface IDialer
{
    /// <summary>
    /// A connected stream, owned by the caller. Throws what the network throws (<see cref="System.Net.Sockets.SocketException"/>,
    /// <see cref="IOException"/>), or a <see cref="BrokerException"/> when it knows more.
    /// </summary>
    ValueTask<Stream> DialAsync(HostPort broker, ClientOptions options, CancellationToken cancellationToken);
}
