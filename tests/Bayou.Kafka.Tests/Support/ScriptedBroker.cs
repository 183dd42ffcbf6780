using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A broker of a <see cref="ScriptedCluster"/>. It answers as Kafka does unless a test says otherwise.</summary>
internal sealed class ScriptedBroker(ScriptedCluster cluster, int nodeId)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ApiKey, Func<ScriptedRequest, ScriptedAnswer>> _scripts = [];
    private readonly Dictionary<ApiKey, Queue<ScriptedAnswer>> _once = [];
    private readonly List<ScriptedRequest> _requests = [];
    private readonly ConcurrentDictionary<ScriptedConnection, Task> _connections = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _accepted;
    private Exception? _failure;

    public ScriptedCluster Cluster => cluster;

    public int NodeId => nodeId;

    /// <summary>Where it listens; the same after a restart.</summary>
    public HostPort Address { get; private set; } = new("127.0.0.1", 0);

    /// <summary>Where it says that it listens; a test may put a proxy there.</summary>
    public HostPort? AdvertisedAddress { get; set; }

    public string? Rack { get; set; }

    public bool IsUp => _listener is not null;

    /// <summary>What it has, and says that it has.</summary>
    public IReadOnlyDictionary<ApiKey, VersionRange> Versions { get; set; } = BrokerVersions.Kafka41;

    /// <summary>Its fetch sessions.</summary>
    public ScriptedSessions Sessions { get; } = new();

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections open now.</summary>
    public int Connections => _connections.Count;

    /// <summary>All requests so far, in the order of their arrival.</summary>
    public IReadOnlyList<ScriptedRequest> Requests
    {
        get { lock (_lock) return [.. _requests]; }
    }

    /// <summary>Answers requests of one kind as given, until the next such call. Runs on the connection's thread.</summary>
    public void On(ApiKey key, Func<ScriptedRequest, ScriptedAnswer> answer)
    {
        lock (_lock) _scripts[key] = answer;
    }

    /// <summary>Answers the next requests of one kind as given, one after another, before anything else.</summary>
    public void Once(ApiKey key, params ScriptedAnswer[] answers)
    {
        lock (_lock)
        {
            if (!_once.TryGetValue(key, out var queue)) _once[key] = queue = new Queue<ScriptedAnswer>();
            foreach (var answer in answers) queue.Enqueue(answer);
        }
    }

    public void Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, Address.Port);
        listener.Start();
        Address = Address with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        cluster.Change(() => _listener = listener);
        _accepting = AcceptAsync(listener);
    }

    /// <summary>Resets all connections and refuses new ones, as after a crash. Fetch sessions are gone.</summary>
    public async Task StopAsync()
    {
        var listener = _listener;
        if (listener is null) return;
        cluster.Change(() => _listener = null);
        listener.Stop();
        await _accepting;
        Disconnect();
        await Task.WhenAll(_connections.Values);
        Sessions.Clear();
        if (_failure is not null) throw new InvalidOperationException($"Scripted broker {nodeId} failed.", _failure);
    }

    /// <summary>Resets all connections; new ones are accepted.</summary>
    public void Disconnect()
    {
        foreach (var connection in _connections.Keys) connection.Reset();
    }

    /// <summary>The n-th request for which <paramref name="is"/> holds, those of the past included; waits for it.</summary>
    public async Task<ScriptedRequest> SeenAsync(Func<ScriptedRequest, bool> @is, int count = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            Task arrived;
            lock (_lock)
            {
                arrived = _arrived.Task;
                if (_requests.Where(@is).ElementAtOrDefault(count - 1) is { } request) return request;
            }

            await arrived.WaitAsync(limit.Token);
        }
    }

    /// <summary>The n-th request of one kind, those of the past included; waits for it.</summary>
    public Task<ScriptedRequest> SeenAsync(ApiKey key, int count = 1) => SeenAsync(request => request.Key == key, count);

    internal bool Supports(ScriptedRequest request) =>
        Versions.TryGetValue(request.Key, out var range) && request.Version >= range.Min && request.Version <= range.Max;

    internal ScriptedAnswer Decide(ScriptedRequest request)
    {
        Func<ScriptedRequest, ScriptedAnswer>? script;
        lock (_lock)
        {
            _requests.Add(request);
            _arrived.SetResult();
            _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_once.TryGetValue(request.Key, out var queue) && queue.TryDequeue(out var once)) return once;
            script = _scripts.GetValueOrDefault(request.Key);
        }

        return script?.Invoke(request) ?? ScriptedAnswer.Default;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            Interlocked.Increment(ref _accepted);
            var connection = new ScriptedConnection(this, socket);
            var served = new TaskCompletionSource();
            _connections[connection] = served.Task;
            _ = ServeAsync(connection, served);
        }
    }

    private async Task ServeAsync(ScriptedConnection connection, TaskCompletionSource served)
    {
        try
        {
            await Task.Run(connection.ServeAsync);
        }
        catch (Exception e)
        {
            // Told when the cluster is disposed of: a request that could not be read is the client's mistake.
            Interlocked.CompareExchange(ref _failure, e, null);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            served.SetResult();
        }
    }
}
