namespace Bayou.Sinks;

/// <summary>A sink that stores cursors and definition in the same atomic commit as the rows.</summary>
public interface ITransactionalSink : ISink
{
    /// <summary>What the sink holds for this table now, read afresh.</summary>
    Task<SinkState> ReadStateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Commits if the sink is as expected. Losing a race against another writer is no refusal: it is read again and, if still as expected, tried
    /// again. A commit that threw may be repeated with the same batch id: it is looked up first, and found means committed.
    /// </summary>
    Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken);
}
