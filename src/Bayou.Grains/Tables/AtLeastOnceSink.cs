using Bayou.Sinks;

namespace Bayou.Grains.Tables;

/// <summary>
/// Lets a sink without cursors take part: the rows are written first, and then the cursors are moved, in a grain's state. What was written and not noted, because the process died in
/// between, is written again. Never the other way about: nothing is noted that was not written.
/// </summary>
internal sealed class AtLeastOnceSink(ISink sink, ISinkCursorGrain cursors, string place) : ITransactionalSink
{
    private string? _written;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => sink.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<SinkState> ReadStateAsync(CancellationToken cancellationToken) => (await cursors.ReadAsync().WaitAsync(cancellationToken)).State;

    /// <inheritdoc/>
    public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) => sink.WriteAsync(batch, cancellationToken);

    /// <inheritdoc/>
    public async Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken)
    {
        var found = await cursors.ReadAsync().WaitAsync(cancellationToken);
        if (found.LastBatch == commit.Batch.Id) return Committed(commit);
        if (!CommitFence.Admits(found.State, commit)) return new CommitResult { Committed = false, Found = found.State };
        if (commit.Batch.Rows.Count > 0 && _written != commit.Batch.Id)
        {
            await sink.WriteAsync(commit.Batch with { Id = BatchKey.Of(place, commit.Cursors) }, cancellationToken);
            // When only noting it fails, this writer knows better than to write it again.
            _written = commit.Batch.Id;
        }

        var kept = await cursors.MoveAsync(SinkCursorChange.Of(commit)).WaitAsync(cancellationToken);
        return kept.LastBatch == commit.Batch.Id ? Committed(commit) : new CommitResult { Committed = false, Found = kept.State };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sink.DisposeAsync();

    private static CommitResult Committed(SinkCommit commit) =>
        new() { Committed = true, BytesWritten = commit.Batch.Rows.Sum(range => (long)range.Block.Length), FilesWritten = commit.Batch.Rows.Count > 0 ? 1 : 0 };
}
