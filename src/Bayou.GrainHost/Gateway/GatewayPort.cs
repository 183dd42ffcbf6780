using System.Net;
using System.Net.Sockets;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The TCP port that a gateway's socket is named by: held, though nothing listens there.</summary>
internal static class GatewayPort
{
    /// <summary>Holds the port on the loopback address until disposed, so that whoever asks the system for a free one is given another.</summary>
    /// <exception cref="OrleansConfigurationException">Another program has the port.</exception>
    public static Socket Take(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new OrleansConfigurationException(
                $"Taking gateway port {port} on the loopback address failed: {exception.Message}. The silo does not start; end the program that has it, or choose another gatewayPort.", exception);
        }
    }
}
