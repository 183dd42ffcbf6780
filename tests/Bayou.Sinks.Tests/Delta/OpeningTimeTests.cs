using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bayou.Sinks.Delta;
using Xunit.Abstractions;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Long logs: read whole and behind a checkpoint. Times are printed, not asserted.</summary>
public sealed class OpeningTimeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void Refresh_of_a_long_log_sees_every_file_with_and_without_checkpoint(int commits)
    {
        using var folder = new TableFolder();
        folder.WriteLog(0, """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""", """{"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":"{\"type\":\"struct\",\"fields\":[]}","partitionColumns":[],"configuration":{}}}""");
        for (var i = 1; i <= commits; i++) File.WriteAllText(Path.Combine(folder.Log, $"{i:D20}.json"), Line(i));
        var storage = new LocalTableStorage(folder.Path);

        var whole = Time("every commit, with files", () => new TableLog(storage, withFiles: true).Refresh()!);
        Time("checkpoint written", () => { CheckpointWriter.Write(storage, whole, 0); return 0; });
        var behind = Time("checkpoint, with files", () => new TableLog(storage, withFiles: true).Refresh()!);
        var cursors = Time("checkpoint, as the sink opens", () => new TableLog(storage, withFiles: false).Refresh()!);

        Assert.Equal((commits, commits), (whole.Files!.Active.Count, behind.Files!.Active.Count));
        Assert.Equal(whole.Files.Active.Select(add => (add.Path, add.Size, add.Stats)).Order(), behind.Files.Active.Select(add => (add.Path, add.Size, add.Stats)).Order());
        Assert.Equal((commits, commits), (behind.Txns["p/t/events@1-0"].Version, cursors.Txns["p/t/events@1-0"].Version));

        T Time<T>(string what, Func<T> work)
        {
            var watch = Stopwatch.StartNew();
            var result = work();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{commits} commits, {what}: {watch.Elapsed.TotalMilliseconds:F0} ms"));
            return result;
        }
    }

    private static string Line(int i) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $$$"""{"commitInfo":{"timestamp":{{{i}}},"operation":"WRITE","bayouBatchId":"p/t/b{{{i}}}"}}""").Append('\n')
        .Append(CultureInfo.InvariantCulture, $$$"""{"txn":{"appId":"p/t/events@1-0","version":{{{i}}},"lastUpdated":{{{i}}}}}""").Append('\n')
        .Append(CultureInfo.InvariantCulture, $$$$"""{"add":{"path":"part-{{{{i}}}}.parquet","partitionValues":{},"size":{{{{i}}}},"modificationTime":1,"dataChange":true,"stats":"{\"numRecords\":{{{{i}}}},\"minValues\":{\"_offset\":0},\"maxValues\":{\"_offset\":{{{{i}}}}},\"nullCount\":{\"_offset\":0}}"}}""").Append('\n').ToString();
}
