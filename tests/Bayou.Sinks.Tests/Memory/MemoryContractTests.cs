using System.Text.Json;
using Bayou.Definitions;
using Bayou.Memory;
using Bayou.Sinks.Memory;
using Bayou.Sinks.TestKit;

namespace Bayou.Sinks.Tests.Memory;

/// <summary>The memory sink does what every sink has to do.</summary>
public sealed class MemoryContractTests : SinkContractTests
{
    private readonly FakeMemoryTable _table = new();

    public MemoryContractTests() => Factory = new MemorySinkFactory(_ => _table);

    protected override ISinkFactory Factory { get; }

    protected override SinkDefinition Sink => new() { Kind = "memory", Options = new() { ["rows"] = "100000" } };

    protected override ISink CreateFailing(SinkContext context, SinkFault fault) => new FailingSink(Factory.Create(context), fault);

    protected override async Task<IReadOnlyList<StoredRow>> ReadBackAsync(TableDefinition table)
    {
        var result = await _table.QueryAsync(new MemoryQuery { Limit = int.MaxValue });
        return [.. result.Rows.Select(row => StoredRowJson.Read(JsonDocument.Parse(row).RootElement, table))];
    }
}
