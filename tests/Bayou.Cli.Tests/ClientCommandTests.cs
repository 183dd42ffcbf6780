using Bayou.Console;
using Bayou.Pipelines;
using Bayou.Silos;

namespace Bayou.Cli.Tests;

public class ClientCommandTests
{
    [Fact]
    public async Task Status_without_a_silo_fails()
    {
        using var cli = new CliRun();

        var code = await cli.RunAsync("status");

        Assert.Equal((ExitCode.Failed, ""), (code, cli.Out));
        Assert.Equal(
            $"bayou: no silo runs here (looked at {cli.Folder}/.bayou/*); start one with 'bayou run FILE', or name its state directory with --state DIR{Environment.NewLine}", cli.Error);
    }

    [Fact]
    public async Task Status_with_several_silos_lists_them()
    {
        using var cli = new CliRun();
        using var one = SiloFolder.Create(cli.Folder, "one", "one");
        using var two = SiloFolder.Create(cli.Folder, "two", "two");

        var code = await cli.RunAsync("status");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal(
            ["bayou: 2 silos run here; choose one:", "  --state .bayou/one  process 4711, one", "  --state .bayou/two  process 4711, two"],
            cli.Error.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public async Task Pause_chooses_the_silo_that_was_started_for_the_pipeline()
    {
        using var cli = new CliRun();
        using var one = SiloFolder.Create(cli.Folder, "one", "one");
        using var two = SiloFolder.Create(cli.Folder, "two", "two");
        cli.Silo.Statuses.Add(Statuses.Create("two"));

        var code = await cli.RunAsync("pause", "two/orders");

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(["pause two orders"], cli.Silo.Calls);
        Assert.Equal(["two"], cli.Silo.Silo.Pipelines);
    }

    [Theory]
    [InlineData("shop", "pause shop", "pipeline shop is paused; this survives a restart")]
    [InlineData("orders", "pause shop orders", "table shop/orders is paused; this survives a restart")]
    [InlineData("shop/orders", "pause shop orders", "table shop/orders is paused; this survives a restart")]
    public async Task Pause_finds_pipeline_or_table(string name, string call, string message)
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        cli.Silo.Statuses.Add(Statuses.Create("shop", "orders", "payments"));

        var code = await cli.RunAsync("pause", name);

        Assert.Equal((ExitCode.Done, message + Environment.NewLine), (code, cli.Out));
        Assert.Equal([call], cli.Silo.Calls);
    }

    [Fact]
    public async Task Resume_table_of_several_pipelines_asks_which()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "silo");
        cli.Silo.Statuses.AddRange([Statuses.Create("a"), Statuses.Create("b")]);

        var code = await cli.RunAsync("resume", "orders");

        Assert.Equal((ExitCode.Failed, $"bayou: several pipelines have a table 'orders'; choose one: a/orders, b/orders{Environment.NewLine}"), (code, cli.Error));
        Assert.Empty(cli.Silo.Calls);
    }

    [Fact]
    public async Task Pause_unknown_name_fails()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        cli.Silo.Statuses.Add(Statuses.Create());

        var code = await cli.RunAsync("pause", "nothing");

        Assert.Equal((ExitCode.Failed, $"bayou: no pipeline or table is called 'nothing'; pipelines here: shop{Environment.NewLine}"), (code, cli.Error));
    }

    [Fact]
    public async Task Stop_waits_until_stopped()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        cli.Silo.Statuses.Add(Statuses.Create());

        var code = await cli.RunAsync("stop", "shop");

        Assert.Equal((ExitCode.Done, $"pipeline shop is stopped{Environment.NewLine}"), (code, cli.Out));
        Assert.Equal(["stop shop"], cli.Silo.Calls);
    }

    [Fact]
    public async Task Stop_silo_ends_with_its_pipeline_says_so()
    {
        using var cli = new CliRun { Silo = new FakeSilo { EndsWithItsPipeline = true } };
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        state.Write(SiloFolder.Record("shop") with { Pid = int.MaxValue });
        cli.Silo.Statuses.Add(Statuses.Create());

        var code = await cli.RunAsync("stop", "shop");

        Assert.Equal((ExitCode.Done, $"pipeline shop is stopped; process {int.MaxValue}, which ran it, has ended{Environment.NewLine}"), (code, cli.Out));
    }

    [Fact]
    public async Task Stop_table_is_refused()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        cli.Silo.Statuses.Add(Statuses.Create());

        var code = await cli.RunAsync("stop", "orders");

        Assert.Equal((ExitCode.Failed, $"bayou: 'orders' is a table; only pipelines are stopped. To hold one table: bayou pause orders{Environment.NewLine}"), (code, cli.Error));
        Assert.Empty(cli.Silo.Calls);
    }

    [Fact]
    public async Task Start_paused_pipeline_says_that_it_stays_so()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "silo");
        cli.Silo.StartResult = new StartResult { Version = 3, NewVersion = true, Paused = true, PausedTables = ["orders"] };

        var code = await cli.RunAsync("start", "shop.yaml");

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal($"pipeline shop stays paused, version 3 (new); to go on: bayou resume shop; still paused: orders{Environment.NewLine}", cli.Out);
    }

    [Fact]
    public async Task Status_with_state_of_a_dead_silo_fails()
    {
        using var cli = new CliRun();
        SiloFolder.Create(cli.Folder, "shop", "shop").Dispose();

        var code = await cli.RunAsync("status", "--state", ".bayou/shop");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal(
            $"bayou: no silo runs on the state directory {Path.Combine(cli.Folder, ".bayou", "shop")}; start one with 'bayou run FILE --state .bayou/shop'{Environment.NewLine}",
            cli.Error);
    }
}
