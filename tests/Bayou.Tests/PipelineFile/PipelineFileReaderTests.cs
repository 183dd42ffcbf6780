using Bayou.Definitions;
using Bayou.PipelineFile;

namespace Bayou.Tests.PipelineFile;

public sealed class PipelineFileReaderTests
{
    [Fact]
    public void Parse_sample_gives_the_whole_definition()
    {
        var pipeline = Files.Read(Files.Shop);

        Assert.Equal("shop", pipeline.Name);
        Assert.Null(pipeline.PreviousName);
        Assert.Equal("kafka", pipeline.Source.Kind);
        Assert.Equal(["events"], pipeline.Source.Topics);
        Assert.Equal(new Dictionary<string, string> { ["bootstrap.servers"] = "127.0.0.1:9092" }, pipeline.Source.Options);
        Assert.Equal(StartKind.Earliest, pipeline.Source.Start.Kind);
        Assert.False(pipeline.Source.EndAtLatest);
        Assert.Equal(DataLossPolicy.Stop, pipeline.Source.OnDataLoss);
        Assert.Equal(["event_type"], pipeline.Route.Field);
        Assert.Equal(RouteDefinition.Quarantine, pipeline.Route.Unmatched);
        Assert.Equal("delta", pipeline.Quarantine.Kind);
        Assert.Equal(new Dictionary<string, string> { ["path"] = "/etc/bayou/lake/quarantine" }, pipeline.Quarantine.Options);

        var table = Assert.Single(pipeline.Tables);
        Assert.Equal("orders", table.Name);
        Assert.Equal(["order"], table.Match);
        Assert.Equal(
            ["event_id string event_id False", "ts timestamp ts False", "user_id long user_id True", "amount decimal(12,2) amount False", "note string payload|note False", "country string country False"],
            table.Columns.Select(c => $"{c.Name} {c.Type} {string.Join('|', c.Path)} {c.Required}"));
        Assert.Equal(new Dictionary<string, string> { ["path"] = "/etc/bayou/lake/orders", ["partitionBy:0"] = "country" }, table.Sink.Options);
        Assert.Equal(new CommitPolicy { Every = TimeSpan.FromSeconds(1), Rows = 500_000, Bytes = 64 << 20 }, table.Commit);
        Assert.True(table.Metadata);
        Assert.False(table.Backfill);
        Assert.Null(table.PreviousName);
    }

    [Fact]
    public void Load_file_resolves_paths_from_its_folder()
    {
        var folder = Directory.CreateTempSubdirectory("bayou-file-");
        try
        {
            var path = Path.Combine(folder.FullName, "shop.yaml");
            File.WriteAllText(path, "\ufeff" + Files.Shop);

            var pipeline = PipelineFileReader.Load(path, Files.Sinks, Files.Sources, _ => null);

            Assert.Equal(Path.Combine(folder.FullName, "lake", "orders"), pipeline.Tables[0].Sink.Options["path"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_missing_file_says_so()
    {
        var e = Assert.Throws<PipelineFileException>(() => PipelineFileReader.Load("/nowhere/a.yaml", Files.Sinks, Files.Sources, _ => null));

        Assert.Equal("/nowhere/a.yaml:1:1: there is no such file", e.Message);
    }

    [Fact]
    public void Load_folder_says_so()
    {
        var e = Assert.Throws<PipelineFileException>(() => PipelineFileReader.Load("/", Files.Sinks, Files.Sources, _ => null));

        Assert.Equal("/:1:1: is a folder; a pipeline file is expected", e.Message);
    }

    [Theory]
    [InlineData("earliest", StartKind.Earliest, 0)]
    [InlineData("latest", StartKind.Latest, 0)]
    [InlineData("2026-01-31", StartKind.Timestamp, 1769817600000)]
    [InlineData("2026-01-31T08:00:00Z", StartKind.Timestamp, 1769846400000)]
    [InlineData("2026-01-31T08:00:00.250+01:00", StartKind.Timestamp, 1769842800250)]
    [InlineData("{ timestamp: 1769846400000 }", StartKind.Timestamp, 1769846400000)]
    [InlineData("{ timestamp: 2026-01-31 08:00 }", StartKind.Timestamp, 1769846400000)]
    public void Parse_start_gives_the_position(string start, StartKind kind, long milliseconds)
    {
        var position = Files.Read(Files.With("start: earliest", $"start: {start}")).Source.Start;

        Assert.Equal(kind, position.Kind);
        Assert.Equal(milliseconds, position.TimestampMilliseconds);
        Assert.Empty(position.Offsets);
    }

    [Fact]
    public void Parse_start_offsets_are_kept_by_partition()
    {
        var position = Files.Read(Files.With("start: earliest", "start: { offsets: { \"events/0\": 123, events/11: 0 } }")).Source.Start;

        Assert.Equal(StartKind.Offsets, position.Kind);
        Assert.Equal(new Dictionary<string, long> { ["events/0"] = 123, ["events/11"] = 0 }, position.Offsets);
    }

    [Fact]
    public void Parse_kafka_properties_pass_through_under_their_names()
    {
        var source = Files.Read(Files.With(
            "bootstrapServers: 127.0.0.1:9092, topics: [events], start: earliest",
            "bootstrapServers: [a:1, b:2], topics: events, end: latest, onDataLoss: continue, security.protocol: SASL_SSL, enable.x: True, fetch.min.bytes: 100000, debug: cgrp, sasl.password: \"${SECRET}\"")).Source;

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["bootstrap.servers"] = "a:1,b:2", ["security.protocol"] = "SASL_SSL", ["enable.x"] = "true", ["fetch.min.bytes"] = "100000", ["debug"] = "cgrp", ["sasl.password"] = "hunter2",
            },
            source.Options);
        Assert.True(source.EndAtLatest);
        Assert.Equal(DataLossPolicy.Continue, source.OnDataLoss);
        Assert.Equal(["events"], source.Topics);
    }

    [Fact]
    public void Parse_bootstrap_servers_as_a_property_will_do()
    {
        var source = Files.Read(Files.With("bootstrapServers: 127.0.0.1:9092", "bootstrap.servers: a:1")).Source;

        Assert.Equal(new Dictionary<string, string> { ["bootstrap.servers"] = "a:1" }, source.Options);
    }

    [Fact]
    public void Parse_other_source_passes_its_options_on()
    {
        var source = Files.Read(Files.With("kafka: { bootstrapServers: 127.0.0.1:9092, topics: [events], start: earliest }", "memory: { topics: [a, b], partitions: 4 }")).Source;

        Assert.Equal("memory", source.Kind);
        Assert.Equal(["a", "b"], source.Topics);
        Assert.Equal(new Dictionary<string, string> { ["partitions"] = "4" }, source.Options);
    }

    [Theory]
    [InlineData("payload.note", "payload|note")]
    [InlineData(@"a\.b.c", "a.b|c")]
    [InlineData(@"'a\\b'", @"a\b")]
    [InlineData("[a.b, c]", "a.b|c")]
    [InlineData("[\"x\"]", "x")]
    public void Parse_from_gives_one_name_a_level(string from, string path) =>
        Assert.Equal(path, string.Join('|', Files.Read(Files.With("from: payload.note", $"from: {from}")).Tables[0].Columns[4].Path));

    [Theory]
    [InlineData("every: 10ms", 10)]
    [InlineData("every: 90s", 90_000)]
    [InlineData("every: 5m", 300_000)]
    [InlineData("every: 1h", 3_600_000)]
    public void Parse_commit_every_gives_the_duration(string every, int milliseconds) =>
        Assert.Equal(milliseconds, Files.Read(Files.With("every: 1s", every)).Tables[0].Commit.Every.TotalMilliseconds);

    [Theory]
    [InlineData("1048576", 1 << 20)]
    [InlineData("64MiB", 64 << 20)]
    [InlineData("64MB", 64_000_000)]
    [InlineData("2048 KiB", 2 << 20)]
    [InlineData("8gb", 8_000_000_000)]
    [InlineData("2000000B", 2_000_000)]
    public void Parse_commit_bytes_gives_the_size(string size, long bytes) =>
        Assert.Equal(bytes, Files.Read(Files.With("rows: 500000", $"bytes: {size}")).Tables[0].Commit.Bytes);

    [Fact]
    public void Parse_sink_options_become_strings()
    {
        var sink = Files.Read(Files.With(
            "delta: { path: ./lake/orders, partitionBy: [country] }",
            "probe: { text: a b, file: ../x/, number: -7, flag: true, wait: 24h, keys: [ts, _partition] }")).Tables[0].Sink;

        Assert.Equal("probe", sink.Kind);
        Assert.Equal(
            new Dictionary<string, string> { ["text"] = "a b", ["file"] = "/etc/x", ["number"] = "-7", ["flag"] = "true", ["wait"] = "24h", ["keys:0"] = "ts", ["keys:1"] = "_partition" },
            sink.Options);
    }

    [Theory]
    [InlineData("probe:")]
    [InlineData("probe: {}")]
    public void Parse_sink_without_options_has_none(string sink) =>
        Assert.Empty(Files.Read(Files.With("{ delta: { path: ./lake/orders, partitionBy: [country] } }", $"{{ {sink} }}")).Tables[0].Sink.Options);

    [Fact]
    public void Parse_sink_address_is_no_path() =>
        Assert.Equal("s3://bucket/orders", Files.Read(Files.With("./lake/orders", "s3://bucket/orders/")).Tables[0].Sink.Options["path"]);

    [Fact]
    public void Parse_table_options_are_kept()
    {
        var table = Files.Read(Files.With("match: [order]", "match: order\n    metadata: false\n    backfill: true\n    previousName: sales")).Tables[0];

        Assert.False(table.Metadata);
        Assert.True(table.Backfill);
        Assert.Equal("sales", table.PreviousName);
        Assert.Equal(["order"], table.Match);
    }

    [Fact]
    public void Parse_table_named_by_unmatched_needs_no_match()
    {
        var pipeline = Files.Read(Files.With("unmatched: quarantine", "unmatched: orders").Replace("    match: [order]\n", "", StringComparison.Ordinal));

        Assert.Equal("orders", pipeline.Route.Unmatched);
        Assert.Empty(pipeline.Tables[0].Match);
    }

    [Fact]
    public void Parse_two_tables_may_take_the_same_events()
    {
        var pipeline = Files.Read(Files.Shop + "\n  copy: { match: order, columns: { a: string }, sink: { delta: { path: copy } } }\n");

        Assert.Equal(["orders", "copy"], pipeline.Tables.Select(t => t.Name));
        Assert.Equal(pipeline.Tables[0].Match, pipeline.Tables[1].Match);
    }

    [Fact]
    public void Parse_anchors_aliases_and_merges_stand_for_their_values()
    {
        var pipeline = Files.Read(Files.Shop.Replace("columns:", "columns: &common", StringComparison.Ordinal) + """

              audit:
                match: [audit]
                columns: { <<: *common, amount: double, extra: json }
                sink: { delta: { path: audit } }
              more:
                match: [more]
                columns: *common
                sink: { delta: { path: more } }
            """);

        Assert.Equal(
            ["amount double", "extra json", "event_id string", "ts timestamp", "user_id long", "note string", "country string"],
            pipeline.Tables[1].Columns.Select(c => $"{c.Name} {c.Type}"));
        Assert.Equal(pipeline.Tables[0].Columns.Select(c => c.Name), pipeline.Tables[2].Columns.Select(c => c.Name));
    }

    [Theory]
    [InlineData("${BROKER}", "broker-1:9092")]
    [InlineData("'${BROKER},${BROKER}'", "broker-1:9092,broker-1:9092")]
    [InlineData("a$$b${SECRET}", "a$bhunter2")]
    [InlineData("$${BROKER}", "${BROKER}")]
    [InlineData("a$b", "a$b")]
    [InlineData("${TRICKY}", "x, y: [${BROKER}] # $$")]
    public void Parse_environment_is_put_in_and_not_read_again(string text, string value) =>
        Assert.Equal(value, Files.Read(Files.With("start: earliest }", $"a.b: \"{text.Trim('\'')}\" }}")).Source.Options["a.b"]);
}
