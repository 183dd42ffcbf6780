using Bayou.Console;
using Bayou.Definitions;

namespace Bayou.Cli.Tests;

public class VacuumCommandTests
{
    [Fact]
    public async Task Vacuum_deletes_old_unused_files_of_every_delta_table()
    {
        using var cli = Create("orders", "payments");
        WriteTable(cli, "orders", days: 8);
        WriteTable(cli, "payments", days: 6);

        var trial = await cli.RunAsync("vacuum", "shop.yaml", "--dry-run");
        Assert.True(File.Exists(Dead(cli, "orders")));
        var code = await cli.RunAsync("vacuum", "shop.yaml");

        Assert.Equal((ExitCode.Done, ExitCode.Done, ""), (trial, code, cli.Error));
        Assert.Equal((false, true), (File.Exists(Dead(cli, "orders")), File.Exists(Dead(cli, "payments"))));
        Assert.Equal(
            [
                "orders                   version 0: 1 files (4 bytes) would be deleted, 0 unused ones kept for 7d",
                "payments                 version 0: 0 files (0 bytes) would be deleted, 1 unused ones kept for 7d",
                $"quarantine               no table yet at {Path.Combine(cli.Folder, "quarantine")}",
                "orders                   version 0: 1 files (4 bytes) deleted, 0 unused ones kept for 7d",
                "payments                 version 0: 0 files (0 bytes) deleted, 1 unused ones kept for 7d",
                $"quarantine               no table yet at {Path.Combine(cli.Folder, "quarantine")}",
            ],
            cli.Out.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Vacuum_of_one_table_leaves_the_others()
    {
        using var cli = Create("orders", "payments");
        WriteTable(cli, "orders", days: 3);
        WriteTable(cli, "payments", days: 3);

        Assert.Equal(ExitCode.Done, await cli.RunAsync("vacuum", "shop.yaml", "payments", "--retention", "36h"));

        Assert.Equal((true, false), (File.Exists(Dead(cli, "orders")), File.Exists(Dead(cli, "payments"))));
    }

    [Fact]
    public async Task Vacuum_that_is_refused_for_one_table_does_the_others_and_fails()
    {
        using var cli = Create("orders", "payments");
        WriteTable(cli, "orders", days: 8, protocol: """{"minReaderVersion":1,"minWriterVersion":99}""");
        WriteTable(cli, "payments", days: 8);

        var code = await cli.RunAsync("vacuum", "shop.yaml");

        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith("bayou: orders: Vacuum of the Delta table ", cli.Error, StringComparison.Ordinal);
        Assert.Equal((true, false), (File.Exists(Dead(cli, "orders")), File.Exists(Dead(cli, "payments"))));
    }

    [Theory]
    [InlineData("vacuum shop.yaml --retention soon", ExitCode.Misused, "bayou: --retention is soon; it is a whole number with ms, s, m, h or d, such as 500ms or 10s")]
    [InlineData("vacuum shop.yaml nothing", ExitCode.Failed, "bayou: pipeline shop has no table nothing")]
    public async Task Vacuum_of_what_is_not_there_says_so(string line, int expected, string message)
    {
        using var cli = Create("orders");

        Assert.Equal(expected, await cli.RunAsync(line.Split(' ')));

        Assert.StartsWith(message, cli.Error, StringComparison.Ordinal);
    }

    private static CliRun Create(params string[] tables)
    {
        var cli = new CliRun();
        SinkDefinition Sink(string name) => new() { Kind = "delta", Options = new() { ["path"] = Path.Combine(cli.Folder, name) } };
        cli.Pipelines.Definition = FakeLoader.Create("shop") with
        {
            Quarantine = Sink("quarantine"),
            Tables = [.. tables.Select(name => new TableDefinition { Name = name, Match = [name], Columns = [], Sink = Sink(name) })],
        };
        return cli;
    }

    private static string Dead(CliRun cli, string table) => Path.Combine(cli.Folder, table, "dead.parquet");

    private static void WriteTable(CliRun cli, string table, int days, string protocol = """{"minReaderVersion":1,"minWriterVersion":2}""")
    {
        var log = Directory.CreateDirectory(Path.Combine(cli.Folder, table, "_delta_log")).FullName;
        File.WriteAllText(Path.Combine(log, "00000000000000000000.json"), $$$$"""
            {"protocol":{{{{protocol}}}} }
            {"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":"{\"type\":\"struct\",\"fields\":[]}","partitionColumns":[],"configuration":{}}}
            """);
        File.WriteAllText(Dead(cli, table), "dead");
        File.SetLastWriteTimeUtc(Dead(cli, table), DateTime.UtcNow.AddDays(-days));
    }
}
