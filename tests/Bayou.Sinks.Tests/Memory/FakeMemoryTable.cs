using Bayou.Memory;
using Bayou.Sinks.Memory;

namespace Bayou.Sinks.Tests.Memory;

/// <summary>The grain without its silo.</summary>
internal sealed class FakeMemoryTable : IMemoryTableGrain
{
    private readonly MemoryTable _table = new();

    public Task AppendAsync(MemoryAppend append)
    {
        _table.Append(append);
        return Task.CompletedTask;
    }

    public Task<MemoryResult> QueryAsync(MemoryQuery query) => Task.FromResult(_table.Query(query));
}
