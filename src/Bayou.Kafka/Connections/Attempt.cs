using Bayou.Kafka.Connections.Security;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>
/// What a connection is doing now and how long that may take: one attempt at a time. Its token ends with the caller's and with the time; nothing is allocated for
/// an attempt that ends well.
/// </summary>
internal sealed class Attempt(HostPort broker) : IDisposable
{
    private CancellationTokenSource _source = new();
    private CancellationTokenRegistration _registration;
    private CancellationToken _caller;
    private TimeSpan _timeout;
    private string? _purpose;
    private ApiKey _key;

    /// <summary>The step that connecting is at, as messages name it.</summary>
    public string Step { get; set; } = "";

    /// <summary>Added to the message when the broker closes the connection: what that may mean now.</summary>
    public string? ClosedHint { get; set; }

    /// <summary>For everything that belongs to the attempt.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Begins an attempt of several steps, named like "Connecting to".</summary>
    public void Begin(string purpose, TimeSpan timeout, CancellationToken caller)
    {
        _purpose = purpose;
        Begin(timeout, caller);
    }

    /// <summary>Begins one request.</summary>
    public void Begin(ApiKey key, TimeSpan timeout, CancellationToken caller)
    {
        (_purpose, _key) = (null, key);
        Begin(timeout, caller);
    }

    /// <summary>Ends the attempt: neither the time nor the caller's token matter any more.</summary>
    public void End()
    {
        _registration.Dispose();
        _registration = default;
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>The response came whole: a single request has ended, an attempt of several steps goes on.</summary>
    public void Completed()
    {
        if (_purpose is null) End();
    }

    /// <summary>A failure of this attempt.</summary>
    public BrokerException Failed(SourceErrorKind kind, string reason, Exception? cause = null) => new(kind, $"{this} failed{At}: {reason}", cause);

    /// <summary>The failure of this attempt that an exception of the network stands for; the caller's own cancellation stays what it is.</summary>
    public Exception Failed(Exception error, string progress) => error switch
    {
        BrokerException => error,
        OperationCanceledException when _caller.IsCancellationRequested => new OperationCanceledException(_caller),
        OperationCanceledException => new BrokerException(SourceErrorKind.Transient, $"{this} took longer than {Shown(_timeout)}{At}{progress}."),
        _ when TlsAlert.Recognize(error) is { } refused => Failed(SourceErrorKind.Refused, $"{refused}.", error),
        EndOfStreamException => Failed(SourceErrorKind.Transient, $"the broker closed the connection{progress}{ClosedHint}.", error),
        _ => Failed(SourceErrorKind.Transient, $"{NetworkErrors.Describe(error)}{progress}{ClosedHint}.", error),
    };

    /// <inheritdoc/>
    public override string ToString() => _purpose is null ? $"{_key} request to {broker}" : $"{_purpose} {broker}";

    /// <summary>Lets go of timer and caller. The token's source is left to the collector: somebody may just be using it.</summary>
    public void Dispose() => End();

    private string At => _purpose is null ? "" : $" at {Step}";

    private static string Shown(TimeSpan time) => time.TotalSeconds < 1 ? $"{time.TotalMilliseconds:0} ms" : $"{time.TotalSeconds:0.#} s";

    private void Begin(TimeSpan timeout, CancellationToken caller)
    {
        caller.ThrowIfCancellationRequested();
        if (!_source.TryReset())
        {
            _source.Dispose();
            _source = new CancellationTokenSource();
        }

        _registration.Dispose();
        (_timeout, _caller) = (timeout, caller);
        _source.CancelAfter(timeout);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }
}
