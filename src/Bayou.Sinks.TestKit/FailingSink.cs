namespace Bayou.Sinks.TestKit;

/// <summary>
/// Another sink that fails once, in the first write with rows: before it, after the first of its blocks, or after all of it. For sinks that keep no batch ids and do not store
/// cursors.
/// </summary>
public sealed class FailingSink(ISink inner, SinkFault fault) : ISink
{
    private bool _failed;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken)
    {
        if (_failed || batch.Rows.Count == 0)
        {
            await inner.WriteAsync(batch, cancellationToken);
            return;
        }

        _failed = true;
        if (fault == SinkFault.PartWay) await inner.WriteAsync(batch with { Rows = [batch.Rows[0]] }, cancellationToken);
        if (fault == SinkFault.AfterData) await inner.WriteAsync(batch, cancellationToken);
        throw new IOException($"Writing batch {batch.Id} was made to fail ({fault}).");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
