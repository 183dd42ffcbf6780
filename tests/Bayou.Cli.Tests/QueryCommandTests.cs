using Bayou.Console;
using Bayou.Definitions;
using Bayou.Memory;

namespace Bayou.Cli.Tests;

public class QueryCommandTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("shop/orders")]
    public async Task Query_prints_each_row_on_a_line_and_the_counts_beside_it(string name)
    {
        using var cli = Create("memory");
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");

        var code = await cli.RunAsync("query", name, "--where", "id > 1", "--limit", "2");

        Assert.Equal((ExitCode.Done, $"{{\"id\":1}}{Environment.NewLine}{{\"id\":2}}{Environment.NewLine}"), (code, cli.Out));
        Assert.Equal($"table shop/orders: 2 of 7 rows that match; it holds 8 of the 9 that came since its silo started{Environment.NewLine}", cli.Error);
        Assert.Equal(["query shop/orders where id > 1 limit 2"], cli.Silo.Calls);
    }

    [Fact]
    public async Task Query_without_options_asks_for_the_latest_twenty()
    {
        using var cli = Create("memory");
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");

        await cli.RunAsync("query", "orders");

        Assert.Equal(["query shop/orders where - limit 20"], cli.Silo.Calls);
    }

    [Theory]
    [InlineData("shop/orders", "table shop/orders has a sink of kind 'delta', which is not asked here; only tables of kind 'memory' are, others are read at their destination")]
    [InlineData("shop/other", "pipeline shop has no table 'other'; it has orders")]
    [InlineData("shop", "'shop' is a pipeline; name one of its tables: shop/TABLE")]
    public async Task Query_of_what_is_not_in_memory_fails(string name, string message)
    {
        using var cli = Create("delta");
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");

        var code = await cli.RunAsync("query", name);

        Assert.Equal((ExitCode.Failed, ""), (code, cli.Out));
        Assert.Equal($"bayou: {message}{Environment.NewLine}", cli.Error);
        Assert.Empty(cli.Silo.Calls);
    }

    [Fact]
    public async Task Query_with_a_limit_below_one_is_a_misuse()
    {
        using var cli = Create("memory");

        Assert.Equal(ExitCode.Misused, await cli.RunAsync("query", "orders", "--limit", "0"));
    }

    private static CliRun Create(string kind)
    {
        var cli = new CliRun();
        cli.Silo.Statuses.Add(Statuses.Create("shop", "orders"));
        cli.Silo.Memory = _ => new MemoryResult { Rows = ["{\"id\":1}", "{\"id\":2}"], Matched = 7, Held = 8, Arrived = 9 };
        var sink = new SinkDefinition { Kind = kind, Options = [] };
        cli.Silo.Definition = new PipelineDefinition
        {
            Name = "shop",
            Source = new SourceDefinition { Kind = "kafka", Topics = ["events"], Options = [] },
            Route = new RouteDefinition { Field = ["type"] },
            Quarantine = sink,
            Tables = [new TableDefinition { Name = "orders", Match = ["order"], Columns = [], Sink = sink }],
        };
        return cli;
    }
}
