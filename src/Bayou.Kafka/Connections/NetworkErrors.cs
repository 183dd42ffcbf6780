using System.Net.Sockets;

namespace Bayou.Kafka.Connections;

/// <summary>What the network says, in a few words.</summary>
internal static class NetworkErrors
{
    /// <summary>The words for a socket's error.</summary>
    public static string Describe(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused, nobody listens there",
        SocketError.ConnectionReset => "the connection was reset",
        SocketError.ConnectionAborted or SocketError.Shutdown => "the connection was closed",
        SocketError.HostUnreachable => "no route to the host",
        SocketError.NetworkUnreachable => "the network cannot be reached",
        SocketError.TimedOut => "no answer",
        _ => $"network error {error}",
    };

    /// <summary>The words for a failed read or write.</summary>
    public static string Describe(Exception error) =>
        (error as SocketException ?? error.InnerException as SocketException) is { } socket ? Describe(socket.SocketErrorCode) : error.Message;
}
