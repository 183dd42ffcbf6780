using Bayou.Sources;

namespace Bayou.Benchmarks.Micro.Grains;

/// <summary>A grain that does nothing with what it gets. Key: any.</summary>
[Alias("bayou.micro.IBatchGrain")]
public interface IBatchGrain : IGrainWithStringKey
{
    /// <summary>Returns.</summary>
    [Alias("PingAsync")]
    Task PingAsync();

    /// <summary>The number of records.</summary>
    [Alias("CountAsync")]
    Task<int> CountAsync(MicroBatch batch);
}
