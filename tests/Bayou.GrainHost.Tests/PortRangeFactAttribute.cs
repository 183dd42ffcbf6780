using System.Net.Sockets;

namespace Bayou.GrainHost.Tests;

/// <summary>A fact that tells the system which ports it may give a socket that asks for a free one; skipped, with the reason, where it cannot be told.</summary>
public sealed class PortRangeFactAttribute : FactAttribute
{
    private const int LevelIp = 0, LocalPortRange = 51;

    public PortRangeFactAttribute()
    {
        try
        {
            if (OperatingSystem.IsLinux()) SocketWithin(1024).Dispose();
            else Skip = "needs IP_LOCAL_PORT_RANGE, which Linux has from 6.3";
        }
        catch (SocketException exception)
        {
            Skip = $"needs IP_LOCAL_PORT_RANGE, which Linux has from 6.3: {exception.Message}";
        }
    }

    /// <summary>A socket that is given this port, or none, when it asks for a free one.</summary>
    public static Socket SocketWithin(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetRawSocketOption(LevelIp, LocalPortRange, BitConverter.GetBytes((port << 16) | port));
        return socket;
    }
}
