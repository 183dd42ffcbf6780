using System.Diagnostics;
using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// Fetches from one broker over one connection, one fetch after another, for as long as there is something to ask it for. A connection that fails is made
/// anew, with growing waits; nothing that was received whole before is lost or fetched again.
/// </summary>
internal sealed partial class BrokerFetcher : IAsyncDisposable
{
    private static readonly TimeSpan LongestThrottle = TimeSpan.FromMinutes(1);

    private readonly int _node;
    private readonly FetchGroup _group;
    private readonly ClusterClient _cluster;
    private readonly ClientOptions _options;
    private readonly IDialer _dialer;
    private readonly ILogger _logger;
    private readonly FetchPlan _plan = new();
    private readonly FetchPacing _pacing;
    private readonly FetchOutcomes _outcomes;
    private readonly FetchExchange _exchange;
    private readonly JitteredBackoff _backoff;
    private readonly Signal _signal = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private BrokerConnection? _connection;
    private int _revision = -1;
    private long _silentSince = -1;

    /// <summary>Fetches from <paramref name="node"/> until disposed of.</summary>
    public BrokerFetcher(int node, FetchGroup group, ClusterClient cluster, ClientOptions options, IDialer dialer, BufferPool pool, ILogger logger)
    {
        (_node, _group, _cluster, _options, _dialer, _logger) = (node, group, cluster, options, dialer, logger);
        _pacing = new FetchPacing(options.FetchWaitMax);
        _backoff = new JitteredBackoff(options.ReconnectBackoff, options.ReconnectBackoffMax);
        _outcomes = new FetchOutcomes(group, cluster, logger);
        _exchange = new FetchExchange(node, group, _outcomes, options, pool);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Since when the broker owes an answer, in milliseconds of the tick count; -1 while it owes none. It may take some time for that.</summary>
    public long SilentSince => Interlocked.Read(ref _silentSince);

    /// <summary>There may be something to ask for.</summary>
    public void Wake() => _signal.Set();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _outcomes.DisposeAsync();
        _stop.Dispose();
        _signal.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await FetchOnceAsync(_stop.Token);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                LogUnexpected(_logger, failure, _cluster.AddressOf(_node));
                await Task.Delay(_backoff.Next(), CancellationToken.None);
            }
        }

        await DisconnectAsync();
    }

    private async Task FetchOnceAsync(CancellationToken stopping)
    {
        _group.Plan(_node, _plan);
        if (_plan.Asks.Count == 0)
        {
            await _signal.WaitAsync(_plan.LookAgain, stopping);
            return;
        }

        if (_plan.Revision != _revision)
        {
            _revision = _plan.Revision;
            _pacing.Changed();
        }

        try
        {
            // It may listen elsewhere by now, and another broker where it was.
            if (_connection is not null && _cluster.View.Nodes.TryGetValue(_node, out var address) && address != _connection.Broker) await DisconnectAsync();
            Interlocked.Exchange(ref _silentSince, Environment.TickCount64);
            _connection ??= await ConnectAsync(stopping);
            var maxWait = _pacing.MaxWait(_plan.HeldBack, _plan.IsSomeDue ? _plan.LookAgain : null);
            var asked = Stopwatch.GetTimestamp();
            Interlocked.Exchange(ref _silentSince, Environment.TickCount64 + (long)maxWait.TotalMilliseconds);
            var received = await _exchange.RunAsync(_connection, _plan, maxWait, stopping);
            Interlocked.Exchange(ref _silentSince, -1);
            _backoff.Reset();
            var pause = _pacing.Received(received, Stopwatch.GetElapsedTime(asked));
            if (_exchange.Throttle > pause) pause = _exchange.Throttle < LongestThrottle ? _exchange.Throttle : LongestThrottle;
            if (pause > TimeSpan.Zero) await Task.Delay(pause, stopping);
        }
        catch (BrokerException failure) when (!stopping.IsCancellationRequested)
        {
            await FailedAsync(failure, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogUnexpected(_logger, failure, _cluster.AddressOf(_node));
            await FailedAsync(new BrokerException(SourceErrorKind.Transient, $"Fetching from broker {_cluster.AddressOf(_node)} failed: {failure.Message}", failure), stopping);
        }
    }

    private async Task FailedAsync(BrokerException failure, CancellationToken stopping)
    {
        Interlocked.Exchange(ref _silentSince, -1);
        // An idle connection that the broker closed is made anew at once; only what fails again is a failure to speak of.
        var isNew = _connection is null;
        await DisconnectAsync();
        var wait = _backoff.Next();
        if (isNew || _backoff.Attempts > 1)
        {
            LogFailed(_logger, _cluster.AddressOf(_node), failure.Message);
            _group.OnBrokerFailure(_node, failure);
        }

        await Task.Delay(wait, stopping);
    }

    private async Task<BrokerConnection> ConnectAsync(CancellationToken stopping)
    {
        if (!_cluster.View.Nodes.TryGetValue(_node, out var address))
            throw new BrokerException(SourceErrorKind.Transient, $"Connecting to node {_node} failed: the cluster does not tell where it listens.");
        _exchange.Restart();
        return await BrokerConnection.ConnectAsync(address, _options, _dialer, TimeProvider.System, stopping);
    }

    private async Task DisconnectAsync()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        await connection.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Fetching from {Broker} failed, and is tried again: {Failure}")]
    private static partial void LogFailed(ILogger logger, string broker, string failure);

    [LoggerMessage(LogLevel.Error, "Fetching from {Broker} met an unexpected error, and is tried again")]
    private static partial void LogUnexpected(ILogger logger, Exception failure, string broker);
}
