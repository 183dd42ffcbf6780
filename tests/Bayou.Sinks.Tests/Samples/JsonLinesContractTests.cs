using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.TestKit;
using OwnSink;

namespace Bayou.Sinks.Tests.Samples;

/// <summary>The sample of a sink of one's own does what every sink has to do.</summary>
public sealed class JsonLinesContractTests : SinkContractTests, IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"bayou-lines-{Guid.NewGuid():N}.jsonl");

    protected override ISinkFactory Factory { get; } = new KitSinkFactory("jsonlines", context => new JsonLinesSink(context));

    protected override SinkDefinition Sink => new() { Kind = "jsonlines", Options = new() { ["path"] = _path } };

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Open_after_a_kill_in_the_middle_of_a_line_cuts_that_line()
    {
        await File.WriteAllTextAsync(_path, "{\"id\":1}\n{\"id\":2");
        await using var sink = Factory.Create(new SinkContext { Pipeline = "kit", Owner = "orders", Table = Delta.Tables.Ids() with { Sink = Sink, Metadata = false }, Executor = new Delta.InlineExecutor(), Time = TimeProvider.System });
        await sink.OpenAsync(default);

        await sink.WriteAsync(new SinkBatch { Id = "b", Rows = [Delta.Tables.IdRows(2, 1)] }, default);

        Assert.Equal("{\"id\":1}\n{\"id\":2}\n", await File.ReadAllTextAsync(_path));
    }

    protected override ISink CreateFailing(SinkContext context, SinkFault fault) => new FailingSink(Factory.Create(context), fault);

    protected override async Task<IReadOnlyList<StoredRow>> ReadBackAsync(TableDefinition table)
    {
        if (!File.Exists(_path)) return [];
        using var reader = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => StoredRowJson.Read(JsonDocument.Parse(line).RootElement, table))];
    }
}
