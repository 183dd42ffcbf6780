using System.Net;
using System.Net.Sockets;

namespace Bayou.Kafka.Tests.Support;

/// <summary>One connection through a <see cref="FaultProxy"/>: two sockets and a pump each way.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, Socket client)
{
    private const int PacesPerSecond = 50;

    private readonly Lock _gate = new();
    private readonly Socket _broker = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _ended = new();
    private TaskCompletionSource? _stall;
    private volatile bool _slow;

    /// <summary>Ends when both sockets are closed and nothing runs any more.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start(IPEndPoint target) => Completion = Task.Run(() => RunAsync(target));

    public void Suffer(Fault fault)
    {
        switch (fault)
        {
            case Fault.Stall:
                lock (_gate) _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                break;
            case Fault.Slow:
                _slow = true;
                break;
            default:
                if (fault == Fault.Reset) ResetOnClose();
                _ended.Cancel();
                break;
        }
    }

    public void Heal()
    {
        _slow = false;
        lock (_gate)
        {
            _stall?.SetResult();
            _stall = null;
        }
    }

    private async Task RunAsync(IPEndPoint target)
    {
        try
        {
            client.NoDelay = true;
            await _broker.ConnectAsync(target, _ended.Token);
            await Task.WhenAll(PumpAsync(client, _broker, toClient: false), PumpAsync(_broker, client, toClient: true));
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException) { }
        finally
        {
            _ended.Cancel();
            client.Dispose();
            _broker.Dispose();
            proxy.Ended(this);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool toClient)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (true)
            {
                var received = await from.ReceiveAsync(buffer, _ended.Token);
                if (received == 0) return;
                await ForwardAsync(buffer.AsMemory(0, received), to, toClient);
            }
        }
        finally
        {
            // One side that ends ends the other.
            _ended.Cancel();
        }
    }

    private async Task ForwardAsync(ReadOnlyMemory<byte> bytes, Socket to, bool toClient)
    {
        while (!bytes.IsEmpty)
        {
            if (StallTask() is { } stall) await stall.WaitAsync(_ended.Token);
            var pace = _slow ? Math.Max(1, proxy.SlowBytesPerSecond / PacesPerSecond) : bytes.Length;
            _ended.Token.ThrowIfCancellationRequested();
            var count = proxy.Pass(Math.Min(pace, bytes.Length), toClient, out var due);
            for (var part = bytes[..count]; !part.IsEmpty;) part = part[await to.SendAsync(part, _ended.Token)..];
            bytes = bytes[count..];
            if (due is not null)
            {
                Suffer(due.Fault);
                due.Done.SetResult();
            }

            if (_slow) await Task.Delay(1000 / PacesPerSecond, _ended.Token);
        }
    }

    private Task? StallTask()
    {
        lock (_gate) return _stall?.Task;
    }

    private void ResetOnClose()
    {
        try
        {
            client.LingerState = new LingerOption(true, 0);
        }
        catch (ObjectDisposedException) { }
    }
}
