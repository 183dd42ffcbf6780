namespace Bayou.Pipelines;

/// <summary>The names of all pipelines that were ever started here. Key: <see cref="Key"/>.</summary>
[Alias("bayou.IPipelineDirectoryGrain")]
public interface IPipelineDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    public const string Key = "pipelines";

    /// <summary>The names, ordered.</summary>
    [Alias("ListAsync"), Orleans.Concurrency.AlwaysInterleave]
    Task<string[]> ListAsync();

    /// <summary>Adds a name; durable when it returns. Adding it again changes nothing.</summary>
    [Alias("AddAsync")]
    Task AddAsync(string pipeline);
}
