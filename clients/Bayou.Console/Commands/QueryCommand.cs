using System.CommandLine;
using Bayou.Console.Connections;
using Bayou.Definitions;
using Bayou.Memory;

namespace Bayou.Console.Commands;

/// <summary><c>bayou query</c>: the latest rows of a table whose sink is <c>memory</c>, each a line of JSON.</summary>
internal static class QueryCommand
{
    private const string MemoryKind = "memory";

    public static void AddTo(CommandTree tree, Terminal terminal, ISiloConnector silos)
    {
        var target = new Argument<string>("table") { HelpName = "TABLE", Description = "A table (orders), or a table of a pipeline (shop/orders)." };
        var where = new Option<string?>("--where") { HelpName = "CONDITION", Description = "Only rows that fulfil it: 'amount >= 10.5 and city = ''Oslo''', 'note is not null'." };
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "Most rows to print, the latest ones. Default: 20.", DefaultValueFactory = _ => 20 };
        var state = ClientCommands.State();
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--limit must be at least 1.");
        });
        var command = new Command("query", "Print rows of a table that is held in memory (sink: memory).") { target, where, limit, state };
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal, silos, parsed.GetRequiredValue(target), new MemoryQuery { Where = parsed.GetValue(where), Limit = parsed.GetValue(limit) }, parsed.GetValue(state), cancellation));
        tree.Add(command, ["bayou query orders", "bayou query shop/orders --where \"amount > 100 and gift = true\" --limit 5"]);
    }

    private static async Task<int> RunAsync(Terminal terminal, ISiloConnector silos, string name, MemoryQuery query, string? state, CancellationToken cancellation)
    {
        await using var silo = await silos.ConnectAsync(SiloChoice.Choose(terminal.WorkingDirectory, state, name.Split('/')[0]), cancellation);
        var target = await Target.FindAsync(silo, name);
        if (target.Table is not { } table) throw new CommandFailedException($"'{name}' is a pipeline; name one of its tables: {name}/TABLE");
        await CheckAsync(silo, target.Pipeline, table);
        var result = await silo.MemoryTable(target.Pipeline, table).QueryAsync(query);
        foreach (var row in result.Rows) terminal.Out.WriteLine(row);
        terminal.Error.WriteLine($"{target}: {result.Rows.Length} of {result.Matched} rows that match; it holds {result.Held} of the {result.Arrived} that came since its silo started");
        return ExitCode.Done;
    }

    private static async Task CheckAsync(ISiloConnection silo, string pipeline, string table)
    {
        var grain = silo.Pipeline(pipeline);
        if (await grain.GetDefinitionAsync((await grain.GetStatusAsync()).DefinitionVersion) is not { } definition) return;
        var tables = definition.Tables.Append(QuarantineTable.Create(definition.Quarantine));
        var found = tables.FirstOrDefault(each => each.Name == table)
            ?? throw new CommandFailedException($"pipeline {pipeline} has no table '{table}'; it has {string.Join(", ", definition.Tables.Select(each => each.Name))}");
        if (found.Sink.Kind != MemoryKind)
            throw new CommandFailedException($"table {pipeline}/{table} has a sink of kind '{found.Sink.Kind}', which is not asked here; only tables of kind '{MemoryKind}' are, others are read at their destination");
    }
}
