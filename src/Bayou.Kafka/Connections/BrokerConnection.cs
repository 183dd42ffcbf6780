using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>
/// One connection to one broker, encrypted and authenticated as the options say. One request at a time: send, then take the response to its end. After any
/// failure or cancellation in between, the connection <see cref="IsBroken"/> and is only good to be disposed.
/// </summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly Attempt _attempt;
    private readonly BrokerWire _wire;
    private readonly BrokerVersions _versions;
    private readonly ClientOptions _options;

    private BrokerConnection(HostPort broker, Stream stream, Attempt attempt, BrokerWire wire, BrokerVersions versions, ClientOptions options) =>
        (Broker, _stream, _attempt, _wire, _versions, _options) = (broker, stream, attempt, wire, versions, options);

    /// <summary>The broker, as it was dialed.</summary>
    public HostPort Broker { get; }

    /// <summary>True when the connection cannot be used any more.</summary>
    public bool IsBroken => _wire.Response.IsBroken;

    /// <summary>The response to what was sent last; valid once <see cref="ReceiveHeaderAsync"/> has returned.</summary>
    public ResponseStream Response => _wire.Response;

    /// <summary>
    /// Connects: name, TCP, TLS, versions, authentication, all within the options' ConnectTimeout. Throws <see cref="BrokerException"/>, which names the step.
    /// </summary>
    public static async Task<BrokerConnection> ConnectAsync(HostPort address, ClientOptions options, IDialer? dialer, TimeProvider? time, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(address);
        Stream? stream = null;
        try
        {
            attempt.Begin("Connecting to", options.ConnectTimeout, cancellationToken);
            attempt.Step = "connecting";
            stream = await (dialer ?? TcpDialer.Instance).DialAsync(address, options, attempt.Token);
            var wire = new BrokerWire(stream, attempt, options);
            attempt.Step = "ApiVersions";
            var versions = await ApiVersionsExchange.AskAsync(wire, attempt, address);
            attempt.End();
            return new BrokerConnection(address, stream, attempt, wire, versions, options);
        }
        catch (Exception error)
        {
            if (stream is not null) await stream.DisposeAsync();
            var failure = attempt.Failed(error, "");
            attempt.Dispose();
            if (ReferenceEquals(failure, error)) throw;
            throw failure;
        }
    }

    /// <summary>The version in which a request is sent: the highest that both sides know. A fatal <see cref="BrokerException"/> when there is none.</summary>
    public short VersionOf(Request request) => _versions.Choose(request);

    /// <summary>Sends a request and receives its response whole, within the options' RequestTimeout.</summary>
    public async Task<TResponse> AskAsync<TResponse>(Request<TResponse> request, CancellationToken cancellationToken)
    {
        var version = await PrepareAsync(request, cancellationToken);
        return await _wire.AskAsync(request, version);
    }

    /// <summary>
    /// Sends a request whose response is taken from <see cref="Response"/>. The options' RequestTimeout and <paramref name="cancellationToken"/> hold until that
    /// was taken to its end.
    /// </summary>
    public async Task SendAsync(Request request, short version, CancellationToken cancellationToken)
    {
        await PrepareAsync(request, cancellationToken);
        await _wire.SendAsync(request, version);
    }

    /// <summary>Waits for the response to what was sent. Returns the bytes of its body, which must then be taken from <see cref="Response"/>.</summary>
    public ValueTask<int> ReceiveHeaderAsync() => _wire.ReceiveHeaderAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _attempt.Dispose();
        await _stream.DisposeAsync();
    }

    private ValueTask<short> PrepareAsync(Request request, CancellationToken cancellationToken)
    {
        var version = VersionOf(request);
        if (IsBroken) throw new BrokerException(SourceErrorKind.Transient, $"{request.Key} request to {Broker} was not sent: the connection is broken by what happened before.");
        _attempt.Begin(request.Key, _options.RequestTimeout, cancellationToken);
        return new ValueTask<short>(version);
    }
}
