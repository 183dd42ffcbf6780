using System.Net.Sockets;

namespace Bayou.Kafka.Connections;

/// <summary>
/// How many bytes must have arrived before a wait for more ends (SO_RCVLOWAT of Linux). Without it, a large response that comes as fast as the machine can
/// wakes two threads for every 64 KiB. Elsewhere, and on encrypted connections, it does nothing.
/// </summary>
internal sealed class ReceiveThreshold
{
    private const int SolSocket = 1;
    private const int SoRcvLowAt = 18;
    private const int LargestBytes = 256 << 10;
    private const int WorthBytes = 64 << 10;

    private readonly Socket _socket;
    private int _current = 1;

    private ReceiveThreshold(Socket socket) => _socket = socket;

    /// <summary>The threshold of a stream's socket; null where there is none.</summary>
    public static ReceiveThreshold? Of(Stream stream) =>
        OperatingSystem.IsLinux() && stream is NetworkStream network ? new ReceiveThreshold(network.Socket) : null;

    /// <summary>Waits are to end when this many bytes have come, or fewer. They must be on their way, or nothing would end the wait.</summary>
    public void Expect(int bytes)
    {
        var wanted = bytes < WorthBytes ? 1 : Math.Min(bytes, LargestBytes);
        if (wanted == _current) return;
        _socket.SetRawSocketOption(SolSocket, SoRcvLowAt, BitConverter.GetBytes(wanted));
        _current = wanted;
    }
}
