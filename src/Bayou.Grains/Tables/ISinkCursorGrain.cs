namespace Bayou.Grains.Tables;

/// <summary>
/// The cursors of a table whose sink stores none. Key: <c>{pipeline}/{owner}/{table}</c>, where owner and table differ for bad rows on their way to the quarantine.
/// </summary>
[Alias("bayou.ISinkCursorGrain")]
public interface ISinkCursorGrain : IGrainWithStringKey
{
    /// <summary>What is kept.</summary>
    [Alias("ReadAsync")]
    Task<SinkCursors> ReadAsync();

    /// <summary>
    /// Moves cursors if the definition and every named cursor are as expected; durable when it returns. Repeating the last change that went through is harmless, and is told to have
    /// gone through. Returns what is kept afterwards: the change went through if <see cref="SinkCursors.LastBatch"/> is its batch.
    /// </summary>
    [Alias("MoveAsync")]
    Task<SinkCursors> MoveAsync(SinkCursorChange change);
}
