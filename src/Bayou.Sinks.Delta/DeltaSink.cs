using Bayou.Definitions;
using Bayou.Status;

namespace Bayou.Sinks.Delta;

/// <summary>
/// A table in Delta Lake's format. Rows, cursors and definition are one commit of the table's log, so that every row is there exactly once, whatever
/// is killed and whenever. All work, reading included, runs on the host's executor.
/// </summary>
public sealed class DeltaSink : ITransactionalSink, ICompactingSink
{
    private readonly SinkContext _context;
    private readonly ITableStorage _storage;
    private readonly TableCommitter _committer;
    private readonly CompactionSchedule _compaction;

    /// <summary>A sink for a table on a local disk; it is not open yet.</summary>
    public DeltaSink(SinkContext context, DeltaSinkOptions options) : this(context, options, new LocalTableStorage(options.Path)) { }

    internal DeltaSink(SinkContext context, DeltaSinkOptions options, ITableStorage storage) =>
        (_context, _storage, _committer, _compaction) = (context, storage, new TableCommitter(storage, context, options), new CompactionSchedule(storage, context, options));

    /// <inheritdoc/>
    public CompactionStatus? Compaction => _compaction.Status;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => RunAsync("opening it", "It is opened again.", () =>
    {
        _committer.Open();
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<SinkState> ReadStateAsync(CancellationToken cancellationToken) =>
        RunAsync("reading its cursors", "They are read again.", _committer.ReadState, cancellationToken);

    /// <inheritdoc/>
    public async Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken)
    {
        var result = await RunAsync($"committing batch {commit.Batch.Id} ({Range(commit)})",
            "If the commit went through, it is found in the table's log by this batch id; if not, the batch is written again. No row is lost or doubled.",
            () => _committer.Commit(commit.Batch, commit, cancellationToken), cancellationToken);
        if (result.FilesWritten > 0) _compaction.AfterCommit();
        return result;
    }

    /// <summary>Appends the rows without cursors; a batch that comes again is found in the log by the sink that it was given to first.</summary>
    public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) =>
        RunAsync($"writing batch {batch.Id}", "The batch is written again, unless the table's log has it.", () => _committer.Commit(batch, null, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _compaction.DisposeAsync();

    private async Task<T> RunAsync<T>(string what, string next, Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _context.Executor.RunAsync(work, cancellationToken);
        }
        catch (Exception exception) when (exception is not SinkException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new SinkException(SinkErrorKind.Transient,
                $"Delta table {_context.Owner} at {_storage.Location}, {what}: {exception.Message} {next}", exception);
        }
    }

    private static string Range(SinkCommit commit) =>
        string.Join(", ", commit.Cursors.Take(3).Select(move => $"{move.Key} [{move.From}, {move.Next})")) + (commit.Cursors.Count > 3 ? $" and {commit.Cursors.Count - 3} more" : "");
}
