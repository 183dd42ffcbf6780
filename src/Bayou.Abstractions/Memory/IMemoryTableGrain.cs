namespace Bayou.Memory;

/// <summary>
/// The rows of a table whose sink is <c>memory</c>: the latest ones, for tests and demos. They are gone when the silo that holds them stops. Key: <c>{pipeline}/{table}</c>.
/// </summary>
[Alias("bayou.IMemoryTableGrain")]
public interface IMemoryTableGrain : IGrainWithStringKey
{
    /// <summary>Adds rows behind those that are there, and lets go of the oldest ones beyond the bounds.</summary>
    [Alias("AppendAsync")]
    Task AppendAsync(MemoryAppend append);

    /// <summary>The latest rows that fulfil a condition.</summary>
    /// <exception cref="Pipelines.PipelineException">The condition cannot be read, or names a column that the table does not have.</exception>
    [Alias("QueryAsync")]
    Task<MemoryResult> QueryAsync(MemoryQuery query);
}
