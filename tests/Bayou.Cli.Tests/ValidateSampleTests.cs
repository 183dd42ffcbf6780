using System.Text.Json.Nodes;
using Bayou.Console;
using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Cli.Tests;

public class ValidateSampleTests
{
    private const string Order = """{"type":"order","id":1}""";

    [Fact]
    public async Task Sample_shows_the_typed_row()
    {
        using var cli = Create(
            Column("id", ColumnKind.Long), Column("n", ColumnKind.Int), new ColumnDefinition { Name = "price", Type = new ColumnType(ColumnKind.Decimal, 12, 2), Path = ["price"] },
            new ColumnDefinition { Name = "big", Type = new ColumnType(ColumnKind.Decimal, 38, 3), Path = ["big"] }, Column("f", ColumnKind.Float), Column("d", ColumnKind.Double),
            Column("ok", ColumnKind.Bool), Column("at", ColumnKind.Timestamp), Column("day", ColumnKind.Date), Column("raw", ColumnKind.Binary), Column("doc", ColumnKind.Json),
            Column("text", ColumnKind.String), Column("none", ColumnKind.String));
        cli.Topic.AddPartition(
            """{"type":"order","id":9007199254740993,"n":-7,"price":-0.5,"big":12345678901234567890123456789012345.678,"f":0.1,"d":-2.5e300,"ok":true,"""
            + """ "at":"2026-03-04T05:06:07.123456+01:00","day":"1969-12-31","raw":"AP8=","doc":{"a": [1]},"text":"a \u001b[2J\"b"}""");

        var code = await cli.RunAsync("validate", "shop.yaml", "--sample", "5");

        Assert.Equal((ExitCode.Done, ""), (code, cli.Error));
        Assert.Equal(
            [
                "1 records sampled, the first of each partition; nothing was written",
                "  order                          1 rows",
                "events/0 offset 0: row of order",
                "  id 9007199254740993, n -7, price -0.50, big 12345678901234567890123456789012345.678, f 0.1, d -2.5E+300, ok true, at 2026-03-04T04:06:07.123456Z, day 1969-12-31, "
                    + "raw AP8=, doc {\"a\": [1]}, text \"a \\u{1b}[2J\"b\", none null",
            ],
            Lines(cli).Skip(2));
    }

    [Fact]
    public async Task Sample_tells_quarantined_and_filtered_records_with_reasons()
    {
        using var cli = Create(Column("id", ColumnKind.Long));
        cli.Topic.AddPartition("""{"type":"order","id":"x"}""", """{"type":"other"}""", "\u0001\u00ff");

        await cli.RunAsync("validate", "shop.yaml", "--sample", "5");

        Assert.Equal(
            [
                "3 records sampled, the first of each partition; nothing was written",
                "  order                          0 rows        1 quarantined",
                "  (no table)                                   1 quarantined",
                "  (filtered)                     1",
                "events/0 offset 0: quarantine of order, type: column id is long, found \"x\"",
                "  key (none), value {\"type\":\"order\",\"id\":\"x\"}",
                "events/0 offset 1: filtered",
                "events/0 offset 2: quarantine, unreadable: not UTF-8",
                "  key (none), value \\u{1}\\xff",
            ],
            Lines(cli).Skip(2));
    }

    [Theory]
    [InlineData("earliest", 3, "0:0 1:0 2:0")]
    [InlineData("earliest", 5, "0:0 0:1 1:0 2:0 2:1")]
    [InlineData("latest", 5, "0:2 0:3 1:0 2:2 2:3")]
    [InlineData("earliest", 100, "0:0 0:1 0:2 0:3 1:0 2:0 2:1 2:2 2:3")]
    public async Task Sample_is_spread_over_partitions_and_ends_with_them(string from, int count, string offsets)
    {
        using var cli = Create(Column("id", ColumnKind.Long));
        cli.Topic.AddPartition(Order, Order, Order, Order);
        cli.Topic.AddPartition(Order);
        cli.Topic.AddPartition(Order, Order, Order, Order);
        cli.Topic.AddPartition();

        await cli.RunAsync("validate", "shop.yaml", "--from", from, "--json", "--sample", $"{count}");

        Assert.Equal(offsets, Offsets(cli));
        Assert.Equal(0, cli.Topic.OpenReaders);
    }

    [Fact]
    public async Task Sample_offsets_without_records_are_made_up_for()
    {
        using var cli = Create(Column("id", ColumnKind.Long));
        cli.Topic.AddPartition(null, null, null, Order, null);
        cli.Topic.AddPartition(Order, Order, Order);

        await cli.RunAsync("validate", "shop.yaml", "--json", "--sample", "4");

        Assert.Equal("0:3 1:0 1:1 1:2", Offsets(cli));
    }

    [Fact]
    public async Task Sample_json_has_rows_and_reasons()
    {
        using var cli = Create(Column("id", ColumnKind.Long), Column("at", ColumnKind.Timestamp));
        cli.Topic.AddPartition("""{"type":"order","id":7}""", "no");

        await cli.RunAsync("validate", "shop.yaml", "--json", "--sample", "2");

        Assert.Equal(
            """
            {"valid":true,"pipeline":"shop","tables":1,"problems":[],"sample":{"from":"earliest","count":2,"filtered":0,
            "tables":[{"name":"order","rows":1,"quarantined":0},{"name":null,"rows":0,"quarantined":1}],
            "records":[{"topic":"events","partition":0,"offset":0,"outcomes":[{"table":"order","row":{"id":7,"at":null}}]},
            {"topic":"events","partition":0,"offset":1,"outcomes":[{"table":null,"reason":"unreadable: not a JSON object, byte 0","key":null,"value":"bm8="}]}]}}
            """.ReplaceLineEndings(""),
            cli.Out.TrimEnd());
    }

    [Fact]
    public async Task Sample_source_that_cannot_be_reached_fails()
    {
        using var cli = Create(Column("id", ColumnKind.Long));
        cli.Topic.Failure = new SourceException(SourceErrorKind.Transient, "Connecting failed.");

        var code = await cli.RunAsync("validate", "shop.yaml", "--sample", "2");

        Assert.Equal((ExitCode.Failed, $"bayou: Connecting failed.{Environment.NewLine}"), (code, cli.Error));
    }

    private static CliRun Create(params ColumnDefinition[] columns)
    {
        var cli = new CliRun();
        var shop = FakeLoader.Create("shop");
        cli.Pipelines.Definition = shop with
        {
            Route = shop.Route with { Unmatched = RouteDefinition.Filter },
            Tables = [new TableDefinition { Name = "order", Match = ["order"], Columns = columns, Sink = shop.Quarantine }],
        };
        return cli;
    }

    private static ColumnDefinition Column(string name, ColumnKind kind) => new() { Name = name, Type = new ColumnType(kind), Path = [name] };

    private static string[] Lines(CliRun cli) => cli.Out.TrimEnd().Split(Environment.NewLine);

    private static string Offsets(CliRun cli) =>
        string.Join(' ', JsonNode.Parse(cli.Out)!["sample"]!["records"]!.AsArray().Select(record => $"{record!["partition"]}:{record["offset"]}"));
}
