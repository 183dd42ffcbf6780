using Bayou.Kafka.Connections.Security;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>
/// One connection to one broker, encrypted and authenticated as the options say. One request at a time: send, then take the response to its end. After any
/// failure or cancellation in between, the connection <see cref="IsBroken"/> and is only good to be disposed.
/// </summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private readonly GreetedBroker _parts;
    private readonly Attempt _attempt;
    private readonly ClientOptions _options;
    private volatile bool _failed;
    private bool _used;

    private BrokerConnection(HostPort broker, GreetedBroker parts, Attempt attempt, ClientOptions options) =>
        (Broker, _parts, _attempt, _options) = (broker, parts, attempt, options);

    /// <summary>The broker, as it was dialed.</summary>
    public HostPort Broker { get; }

    /// <summary>True when the connection cannot be used any more.</summary>
    public bool IsBroken => _failed || Response.IsBroken;

    /// <summary>The response to what was sent last; valid once <see cref="ReceiveHeaderAsync"/> has returned.</summary>
    public ResponseStream Response => _parts.Wire.Response;

    /// <summary>
    /// Connects: name, TCP, TLS, versions, authentication, all within the options' ConnectTimeout. Throws <see cref="BrokerException"/>, which names the step.
    /// </summary>
    public static async Task<BrokerConnection> ConnectAsync(HostPort address, ClientOptions options, IDialer? dialer, TimeProvider? time, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(address);
        try
        {
            attempt.Begin("Connecting to", options.ConnectTimeout, cancellationToken);
            attempt.Step = "connecting";
            var plain = await (dialer ?? TcpDialer.Instance).DialAsync(address, options, attempt.Token);
            var parts = await BrokerGreeting.GreetAsync(plain, address, options, time ?? TimeProvider.System, attempt);
            attempt.End();
            return new BrokerConnection(address, parts, attempt, options);
        }
        catch (Exception error)
        {
            var failure = attempt.Failed(error, "");
            attempt.Dispose();
            if (ReferenceEquals(failure, error)) throw;
            throw failure;
        }
    }

    /// <summary>The version in which a request is sent: the highest that both sides know. A fatal <see cref="BrokerException"/> when there is none.</summary>
    public short VersionOf(KafkaRequest request) => _parts.Versions.Choose(request);

    /// <summary>Sends a request and receives its response whole, within the options' RequestTimeout.</summary>
    public async Task<TResponse> AskAsync<TResponse>(KafkaRequest<TResponse> request, CancellationToken cancellationToken)
    {
        var version = await PrepareAsync(request, cancellationToken);
        return await _parts.Wire.AskAsync(request, version);
    }

    /// <summary>
    /// Sends a request whose response is taken from <see cref="Response"/>. The options' RequestTimeout and <paramref name="cancellationToken"/> hold until that
    /// was taken to its end.
    /// </summary>
    public Task SendAsync(KafkaRequest request, CancellationToken cancellationToken) => SendAsync(request, VersionOf(request), cancellationToken);

    /// <summary>The same in a version of the caller's choice, which must be one that <see cref="VersionOf"/> allows or a lower one that both sides know.</summary>
    public async Task SendAsync(KafkaRequest request, short version, CancellationToken cancellationToken)
    {
        await PrepareAsync(request, cancellationToken);
        await _parts.Wire.SendAsync(request, version);
    }

    /// <summary>Waits for the response to what was sent. Returns the bytes of its body, which must then be taken from <see cref="Response"/>.</summary>
    public ValueTask<int> ReceiveHeaderAsync() => _parts.Wire.ReceiveHeaderAsync();

    /// <summary>Closes the connection; whoever waits for a response fails at once.</summary>
    public async ValueTask DisposeAsync()
    {
        _failed = true;
        await _parts.Stream.DisposeAsync();
        _attempt.Dispose();
    }

    private async ValueTask<short> PrepareAsync(KafkaRequest request, CancellationToken cancellationToken)
    {
        var version = VersionOf(request);
        if (IsBroken) throw new BrokerException(SourceErrorKind.Transient, $"{request.Key} request to {Broker} was not sent: the connection is broken by what happened before.");
        if (_parts.Session is { IsDue: true } session) await AuthenticateAgainAsync(session, cancellationToken);
        // What a closed connection may mean is told of the first request only: after that, the broker took us for what we are.
        if (_used) _attempt.ClosedHint = null;
        _used = true;
        // A fetch that finds nothing is kept by the broker for a while, which is not slowness.
        _attempt.Begin(request.Key, request.Key == ApiKey.Fetch ? _options.RequestTimeout + _options.FetchWaitMax : _options.RequestTimeout, cancellationToken);
        return version;
    }

    private async ValueTask AuthenticateAgainAsync(SaslSession session, CancellationToken cancellationToken)
    {
        _attempt.Begin("Authenticating again at", _options.RequestTimeout, cancellationToken);
        try
        {
            await session.BeginAsync();
            _attempt.End();
        }
        catch (Exception error)
        {
            _failed = true;
            var failure = _attempt.Failed(error, "");
            if (ReferenceEquals(failure, error)) throw;
            throw failure;
        }
    }
}
