using Bayou.Sinks;

namespace Bayou.Benchmarks.Pipelines.Sinks;

/// <summary>Encodes nothing and writes nothing: with it, a pipeline costs what reading, routing and the protocol cost. Cursors are fenced as in any sink.</summary>
internal sealed class DiscardSink(DiscardedTable table) : ITransactionalSink
{
    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<SinkState> ReadStateAsync(CancellationToken cancellationToken) => Task.FromResult(table.State);

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken) => Task.FromResult(table.Commit(commit));

    /// <inheritdoc/>
    public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
