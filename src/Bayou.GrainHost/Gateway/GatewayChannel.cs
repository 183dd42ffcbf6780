using System.Buffers.Binary;
using System.Net.Sockets;
using System.Threading.Channels;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Frames over a socket: four bytes of length, then as many bytes, up to a maximum.</summary>
internal sealed class GatewayChannel : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly int _maximum;
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Func<WireReader, Task> _receive;
    private readonly Action<GatewayChannel> _closed;
    private int _isClosed;

    public GatewayChannel(Socket socket, int maximum, CallRuntime runtime, Func<WireReader, Task> receive, Action<GatewayChannel> closed)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, true);
        _maximum = maximum;
        _receive = receive;
        _closed = closed;
        Completion = Task.WhenAll(Task.Run(SendAllAsync), Task.Run(() => ReceiveAllAsync(runtime)));
    }

    public Task Completion { get; }

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Queues a frame. False: the channel is closed.</summary>
    /// <exception cref="SerializerException">It is too large.</exception>
    public bool Send(Action<WireWriter> write)
    {
        var writer = new WireWriter();
        var start = writer.BeginLength();
        writer.BeginMessage();
        write(writer);
        if (writer.Length - start > _maximum)
            throw new SerializerException($"A message of {writer.Length - start} bytes is larger than MaxMessageBodySize, {_maximum} bytes.");
        writer.EndLength(start);
        return _outgoing.Writer.TryWrite(writer.Written.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        _outgoing.Writer.TryComplete();
        _socket.Dispose();
        _closed(this);
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync()) await _stream.WriteAsync(frame);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }
        finally
        {
            Close();
        }
    }

    private async Task ReceiveAllAsync(CallRuntime runtime)
    {
        try
        {
            var header = new byte[4];
            while (await _stream.ReadAtLeastAsync(header, 4, throwOnEndOfStream: false) == 4)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(header);
                if (length < 0 || length > _maximum) return;
                var frame = new byte[length];
                await _stream.ReadExactlyAsync(frame);
                await _receive(new WireReader(frame, runtime));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SerializerException)
        {
        }
        finally
        {
            Close();
        }
    }
}
