using Bayou.Memory;
using Bayou.Pipelines;
using Orleans.Configuration;

namespace Bayou.Sinks.Memory;

/// <summary>Holds a <see cref="MemoryTable"/>, and stays active, because its rows go with it. See <see cref="IMemoryTableGrain"/>.</summary>
[KeepAlive]
internal sealed class MemoryTableGrain : Grain, IMemoryTableGrain
{
    private readonly MemoryTable _table = new();

    /// <inheritdoc/>
    public Task AppendAsync(MemoryAppend append)
    {
        _table.Append(append);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<MemoryResult> QueryAsync(MemoryQuery query)
    {
        try
        {
            return Task.FromResult(_table.Query(query));
        }
        catch (FormatException exception)
        {
            throw new PipelineException($"Table {this.GetPrimaryKeyString()} was not queried: {exception.Message}", exception);
        }
    }
}
