using System.Net;
using System.Net.Sockets;

namespace Bayou.Kafka.Tests.Support;

/// <summary>
/// A TCP proxy on loopback that passes bytes on until it is told to do harm: now, to every connection, or to one connection in the middle of what
/// it receives. Safe for concurrent use.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<ProxiedConnection> _open = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private FaultTrigger? _trigger;
    private Fault? _standing;
    private long _toClients;
    private long _toBroker;

    /// <summary>A proxy that listens at once; where it forwards to may be told later, but before the first connection.</summary>
    public FaultProxy(string target = "")
    {
        Target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where connections go, as host:port.</summary>
    public string Target { get; set; }

    /// <summary>Where the proxy listens, as host:port.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>True: a new connection is closed at once.</summary>
    public bool TurnsAway { get; set; }

    /// <summary>How fast a connection under <see cref="Fault.Slow"/> is, each way.</summary>
    public int SlowBytesPerSecond { get; set; } = 100_000;

    /// <summary>Connections taken so far.</summary>
    public int Accepted { get; private set; }

    /// <summary>Faults done by <see cref="After"/> so far.</summary>
    public int Triggered { get; private set; }

    /// <summary>Connections that are open now.</summary>
    public int Open
    {
        get { lock (_gate) return _open.Count; }
    }

    /// <summary>Bytes passed on to clients so far.</summary>
    public long BytesToClients => Interlocked.Read(ref _toClients);

    /// <summary>Bytes passed on to the broker so far.</summary>
    public long BytesToBroker => Interlocked.Read(ref _toBroker);

    /// <summary>Does it to every open connection; stalled and slow ones to come are so, too, until <see cref="Heal"/>.</summary>
    public void Now(Fault fault)
    {
        lock (_gate)
            if (fault is Fault.Stall or Fault.Slow) _standing = fault;
        foreach (var connection in Connections()) connection.Suffer(fault);
    }

    /// <summary>
    /// Does it to the connection that carries that byte to its client, counted from now over all connections, right behind the byte. One at a time:
    /// another call replaces it. The task ends when it is done.
    /// </summary>
    public Task After(long bytes, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        var trigger = new FaultTrigger(bytes, fault);
        lock (_gate) _trigger = trigger;
        return trigger.Done.Task;
    }

    /// <summary>Ends stalls and slowness, on every connection, and forgets what is due.</summary>
    public void Heal()
    {
        lock (_gate) (_standing, _trigger) = (null, null);
        foreach (var connection in Connections()) connection.Heal();
    }

    /// <summary>Counts bytes as passed on: all of them, or as many as may go to a client before the fault that is due.</summary>
    internal int Pass(int bytes, bool toClient, out FaultTrigger? due)
    {
        due = null;
        if (!toClient)
        {
            Interlocked.Add(ref _toBroker, bytes);
            return bytes;
        }

        lock (_gate)
        {
            if (_trigger is { } trigger && trigger.Take(ref bytes))
            {
                (due, _trigger) = (trigger, null);
                Triggered++;
            }
        }

        Interlocked.Add(ref _toClients, bytes);
        return bytes;
    }

    internal void Ended(ProxiedConnection connection)
    {
        lock (_gate) _open.Remove(connection);
    }

    /// <summary>Closes everything, and waits until it is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        var open = Connections();
        foreach (var connection in open) connection.Suffer(Fault.Cut);
        foreach (var connection in open) await connection.Completion;
    }

    // A copy: what is done to a connection may end it at once, and then it leaves the set.
    private ProxiedConnection[] Connections()
    {
        lock (_gate) return [.. _open];
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stopping.Token);
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            lock (_gate)
            {
                Accepted++;
                if (TurnsAway)
                {
                    client.Dispose();
                    continue;
                }

                var connection = new ProxiedConnection(this, client);
                _open.Add(connection);
                if (_standing is { } fault) connection.Suffer(fault);
                connection.Start(IPEndPoint.Parse(Target));
            }
        }
    }
}
