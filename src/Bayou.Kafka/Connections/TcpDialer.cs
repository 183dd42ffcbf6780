using System.Net;
using System.Net.Sockets;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>Dials by TCP. The name is resolved anew each time, because brokers move; every address is tried in turn.</summary>
internal sealed class TcpDialer : IDialer
{
    /// <summary>The dialer that connections use unless they are given another.</summary>
    public static readonly TcpDialer Instance = new();

    /// <inheritdoc/>
    public async ValueTask<Stream> DialAsync(HostPort broker, ClientOptions options, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(broker, options.AddressFamily, cancellationToken);
        List<string>? failures = null;
        for (var i = 0; i < addresses.Length; i++)
        {
            var socket = Open(addresses[i].AddressFamily, options);
            try
            {
                // One address that swallows packets must not use up the time of those behind it.
                using var share = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                if (i < addresses.Length - 1) share.CancelAfter(options.ConnectTimeout / (addresses.Length + 1));
                await socket.ConnectAsync(addresses[i], broker.Port, share.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                (failures ??= []).Add($"{addresses[i]}: {(error is SocketException refused ? NetworkErrors.Describe(refused.SocketErrorCode) : "no answer in its share of the time")}");
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new BrokerException(SourceErrorKind.Transient, $"Connecting to {broker} failed at connecting: {string.Join("; ", failures!)}.");
    }

    private static async Task<IPAddress[]> ResolveAsync(HostPort broker, AddressFamily family, CancellationToken cancellationToken)
    {
        try
        {
            // GetHostAddressesAsync goes on in the background when the system's resolver hangs; the caller must not wait for it.
            var addresses = await Dns.GetHostAddressesAsync(broker.Host, family, cancellationToken).WaitAsync(cancellationToken);
            if (addresses.Length > 0) return addresses;
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw new BrokerException(SourceErrorKind.Transient, $"Connecting to {broker} failed at name resolution: the name '{broker.Host}' was not found ({error.Message}).", error);
        }

        throw new BrokerException(SourceErrorKind.Transient, $"Connecting to {broker} failed at name resolution: '{broker.Host}' has no address of the kind that broker.address.family asks for.");
    }

    private static Socket Open(AddressFamily family, ClientOptions options)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (options.IsKeepAlive) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (options.SocketReceiveBytes > 0) socket.ReceiveBufferSize = options.SocketReceiveBytes;
        if (options.SocketSendBytes > 0) socket.SendBufferSize = options.SocketSendBytes;
        return socket;
    }
}
