using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.Console;
using Bayou.Sinks.TestKit;

namespace Bayou.Sinks.Tests.Console;

/// <summary>The console sink, as JSON lines, does what every sink has to do.</summary>
public sealed class ConsoleContractTests : SinkContractTests
{
    private readonly FaultyWriter _writer = new();

    public ConsoleContractTests() => Factory = new ConsoleSinkFactory(new ConsoleOutput(_writer));

    protected override ISinkFactory Factory { get; }

    protected override SinkDefinition Sink => new() { Kind = "console", Options = new() { ["format"] = "json" } };

    protected override ISink CreateFailing(SinkContext context, SinkFault fault)
    {
        _writer.Fault = fault;
        return Factory.Create(context);
    }

    protected override Task<IReadOnlyList<StoredRow>> ReadBackAsync(TableDefinition table) =>
        Task.FromResult<IReadOnlyList<StoredRow>>([.. _writer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => StoredRowJson.Read(JsonDocument.Parse(line).RootElement.GetProperty("row"), table))]);
}
