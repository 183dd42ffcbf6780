namespace Bayou.Sinks;

/// <summary>
/// A destination of one table. It does not batch, retry, sleep, reorder or log and continue: the host owns policy. One call at a time.
/// Failures are thrown as <see cref="SinkException"/>; anything else is taken for transient.
/// </summary>
public interface ISink : IAsyncDisposable
{
    /// <summary>Connects, and creates what is missing where the options allow it. May be called again after it failed.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Writes a batch; returns when all of it is durable. A batch may come again, with the same id, after a failure.</summary>
    Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken);
}
