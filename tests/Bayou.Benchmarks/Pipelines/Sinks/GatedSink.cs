using Bayou.Sinks;

namespace Bayou.Benchmarks.Pipelines.Sinks;

/// <summary>A sink whose commits of rows hang until a gate opens: a destination that neither answers nor fails.</summary>
internal sealed class GatedSink(ITransactionalSink inner, Gate gate) : ITransactionalSink
{
    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<SinkState> ReadStateAsync(CancellationToken cancellationToken) => inner.ReadStateAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken)
    {
        // A table opens with a commit of its start cursors, which goes through: it is to freeze at work.
        if (commit.Batch.Rows.Count > 0) await gate.WaitAsync(cancellationToken);
        return await inner.CommitAsync(commit, cancellationToken);
    }

    /// <inheritdoc/>
    public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) => inner.WriteAsync(batch, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
