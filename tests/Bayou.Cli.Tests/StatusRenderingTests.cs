using Bayou.Console;
using Bayou.Console.Rendering;
using Bayou.Status;

namespace Bayou.Cli.Tests;

public class StatusRenderingTests
{
    [Fact]
    public async Task Status_redirected_is_plain_lines()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        cli.Silo.Statuses.Add(Statuses.Create());

        var code = await cli.RunAsync("status");

        Assert.Equal((ExitCode.Done, ""), (code, cli.Error));
        Assert.DoesNotContain('\u001b', cli.Out);
        Assert.Equal(
            [
                "shop: running, version 2, 1 partitions, 1,234,567 rows, 2,500 rows/s, lag 20",
                "  orders                   live           1,234,567 rows       2,500 rows/s  lag 20  quarantined 2 missing",
            ],
            cli.Out.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void Json_has_the_promised_fields() =>
        Assert.Equal(
            """
            {"format":1,"pipelines":[{"name":"shop","state":"running","reason":null,"version":2,"time":"2026-03-04T05:06:07Z","started":null,
            "tables":[{"name":"orders","state":"live","reason":null,"rows":1234567,"rowsPerSecond":2500.4,"bytesWritten":4096,"commits":3,
            "lastCommit":"2026-03-04T05:06:07Z","sinkVersion":7,"bufferedBytes":0,"failedAttempts":0,"lag":20,"quarantined":{"missing":2},
            "cursors":[{"topic":"events","partition":0,"generation":1,"next":80,"accepted":90,"behind":false}],
            "compaction":{"running":false,"runs":4,"filesBefore":12,"filesAfter":3,"conflicts":1,"failures":0,"lastFailure":null}}],
            "partitions":[{"topic":"events","partition":0,"state":"running","reason":null,"next":90,"low":0,"high":100,"lag":10,"records":90,"lost":[]}]}]}
            """.ReplaceLineEndings(""),
            StatusJson.Write([Statuses.Create()], indented: false));

    [Fact]
    public async Task Status_of_an_unknown_pipeline_fails()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        cli.Silo.Statuses.Add(Statuses.Create());

        var code = await cli.RunAsync("status", "nothing", "--json");

        Assert.Equal((ExitCode.Failed, "", $"bayou: no pipeline is called 'nothing'; pipelines here: shop{Environment.NewLine}"), (code, cli.Out, cli.Error));
    }

    [Fact]
    public async Task Status_of_a_silo_that_hangs_names_the_process()
    {
        using var cli = new CliRun();
        using var state = SiloFolder.Create(cli.Folder, "shop", "shop");
        cli.Silo.Failure = new TimeoutException("IPipelineDirectoryGrain.ListAsync did not answer");

        var code = await cli.RunAsync("status");

        Assert.Equal((ExitCode.Failed, ""), (code, cli.Out));
        Assert.StartsWith($"bayou: process {cli.Silo.Silo.Pid} (", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compaction_is_null_without_one_and_a_failure_of_it_is_told()
    {
        var status = Statuses.Create();
        PipelineStatus With(CompactionStatus? compaction) => status with { Tables = [status.Tables[0] with { Compaction = compaction }] };
        using var text = new StringWriter();

        StatusText.Write(text, [With(new() { Failures = 2, LastFailure = "No space left\u001b[2J" })]);

        Assert.EndsWith("compaction failed 2 times (No space left\\u{1b}[2J)", text.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("\"compaction\":null", StatusJson.Write([With(null)], indented: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_unknown_numbers_are_null()
    {
        var status = Statuses.Create() with { Partitions = [] };

        Assert.Contains("\"lag\":null", StatusJson.Write([status], indented: false));
    }

    [Fact]
    public void Text_reason_cannot_steer_the_terminal()
    {
        var output = new StringWriter { NewLine = "\n" };

        StatusText.Write(output, [Statuses.Create() with { Tables = [], Partitions = [], State = PipelineState.Failed, Reason = "\u001b[2Jgone\nnext" }]);

        Assert.Equal("shop: failed, version 2, 0 partitions, 0 rows, 0 rows/s, lag - (\\u{1b}[2Jgone\\u{a}next)\n", output.ToString());
    }

    [Fact]
    public void Text_partitions_with_the_same_trouble_share_a_line()
    {
        var output = new StringWriter { NewLine = "\n" };
        var partitions = Enumerable.Range(0, 3).Select(number => Statuses.Create().Partitions[0] with { Partition = new("events", number), Reason = number == 1 ? "other" : "same" });

        StatusText.Write(output, [Statuses.Create() with { Tables = [], Partitions = [.. partitions] }]);

        Assert.Equal(["  partition events/0 and 1 more running (same)", "  partition events/1 running (other)"], output.ToString().TrimEnd().Split('\n').Skip(1));
    }

    [Fact]
    public async Task Lines_show_at_most_every_five_seconds()
    {
        var output = new StringWriter { NewLine = "\n" };
        await using var live = LiveStatus.Create(new Terminal(output, TextWriter.Null, isLive: false, color: false, "/"));

        foreach (var second in (double[])[0, 1, 4.9, 5, 6])
            live.Show([Statuses.Create() with { Time = Statuses.Time.AddSeconds(second) }]);

        Assert.Equal(["05:06:07", "05:06:12"], output.ToString().TrimEnd().Split('\n').Select(line => line.Split(' ')[0]));
    }
}
