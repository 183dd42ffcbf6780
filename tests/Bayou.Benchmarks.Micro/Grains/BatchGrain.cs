using Bayou.Sources;

namespace Bayou.Benchmarks.Micro.Grains;

/// <inheritdoc cref="IBatchGrain"/>
internal sealed class BatchGrain : Grain, IBatchGrain
{
    /// <inheritdoc/>
    public Task PingAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<int> CountAsync(MicroBatch batch) => Task.FromResult(batch.Count);
}
