using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Cluster;

/// <summary>
/// A broker that questions are put to, one at a time. Connects when there is a question, and again when the connection has died of idleness in between,
/// or was not used for as long as the options allow. Safe for concurrent use.
/// </summary>
internal sealed class ControlConnection(HostPort address, ClientOptions options, IDialer dialer, TimeProvider time) : IAsyncDisposable
{
    // A question is small. What a broker does not answer in this time is better asked of another.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Never disposed of: it has no handle, and somebody may just be waiting for it.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _closing = new();
    private BrokerConnection? _connection;
    private bool _used;
    private long _lastUse;

    /// <summary>Where the broker listens.</summary>
    public HostPort Address => address;

    /// <summary>True while the connection stands, as far as is known.</summary>
    public bool IsOpen => _connection is { IsBroken: false };

    /// <summary>Puts a question and waits for its answer, for 5 s at most.</summary>
    /// <exception cref="BrokerException">There is none.</exception>
    /// <exception cref="ObjectDisposedException">The client was closed.</exception>
    public async Task<TResponse> AskAsync<TResponse>(KafkaRequest<TResponse> request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        limit.CancelAfter(Patience);
        try
        {
            await _turn.WaitAsync(limit.Token);
            try
            {
                return await AskInTurnAsync(request, limit.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            throw new BrokerException(SourceErrorKind.Transient, $"Asking broker {address} ({request.Key}) failed: no answer within {Patience.TotalSeconds:F0} s.");
        }
    }

    /// <summary>Closes the connection. Whoever waits for an answer gets an <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _turn.WaitAsync();
        if (_connection is not null) await _connection.DisposeAsync();
        _turn.Release();
    }

    private async Task<TResponse> AskInTurnAsync<TResponse>(KafkaRequest<TResponse> request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var used = _used && IsOpen && !IsIdle;
            try
            {
                var connection = await OpenAsync(cancellationToken);
                _used = true;
                var answer = await connection.AskAsync(request, cancellationToken);
                _lastUse = time.GetTimestamp();
                return answer;
            }
            catch (BrokerException failure) when (used && failure.Kind == SourceErrorKind.Transient)
            {
                // Brokers close connections that nobody used for minutes: that is no failure of theirs. A new one is tried once.
            }
        }
    }

    // What stands between client and broker may have forgotten the connection without a word; a question on it would not be answered.
    private bool IsIdle => options.ConnectionsMaxIdle > TimeSpan.Zero && time.GetElapsedTime(_lastUse) >= options.ConnectionsMaxIdle;

    private async Task<BrokerConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpen && !IsIdle) return _connection!;
        if (_connection is not null) await _connection.DisposeAsync();
        (_connection, _used) = (null, false);
        _connection = await BrokerConnection.ConnectAsync(address, options, dialer, time, cancellationToken);
        _lastUse = time.GetTimestamp();
        return _connection;
    }
}
