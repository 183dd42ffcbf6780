using System.Diagnostics;
using System.Globalization;
using Bayou.Sinks.Delta;

namespace Bayou.Benchmarks.Opening;

/// <summary>How long a Delta table takes to open after many commits: for a sink, which reads its cursors, and for a reader, which lists every file.</summary>
internal static class OpeningBenchmark
{
    public const string Help = """
          opening                    commit rows to Delta tables one by one, then open each table

            --commits A,B       commits of each table; default 1000,10000
            --partitions N      Kafka partitions that the commits take turns with; default 50
            --compact N         the sink's option; default none
            --checkpoint N      the sink's option checkpointEvery; default its own
            --dir PATH          where the tables are made, and deleted; default the folder for temporary files
        """;

    private const int Openings = 5;

    /// <summary>The exit code: 0, 1 when a table has not what was committed, or 2 for wrong arguments.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = new Dictionary<string, string> { ["--commits"] = "1000,10000", ["--partitions"] = "50", ["--dir"] = Path.GetTempPath() };
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 < arguments.Count && arguments[i] is "--commits" or "--partitions" or "--compact" or "--checkpoint" or "--dir") options[arguments[i]] = arguments[i + 1];
            else
            {
                Console.Error.WriteLine($"'{arguments[i]}' is not understood.\n\n{Help}");
                return 2;
            }
        }

        Console.WriteLine($"{"commits",9} {"written, s",11} {"log files",10} {"data files",11}   sink opens, ms: first  median   reader opens, ms: first  median");
        foreach (var commits in options["--commits"].Split(',').Select(Number))
        {
            var folder = Directory.CreateDirectory(Path.Combine(options["--dir"], $"bayou-opening-{Guid.NewGuid():N}"));
            try
            {
                if (!await MeasureAsync(folder.FullName, commits, Number(options["--partitions"]), options)) return 1;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return 0;
    }

    private static async Task<bool> MeasureAsync(string path, int commits, int partitions, Dictionary<string, string> options)
    {
        int? Option(string name) => options.TryGetValue(name, out var text) ? Number(text) : null;
        var sinkOptions = new DeltaSinkOptions { Path = path, Compact = Option("--compact"), CheckpointEvery = Option("--checkpoint") };
        var writing = Stopwatch.StartNew();
        await using (var sink = new DeltaSink(OpeningTable.Context, sinkOptions)) await OpeningTable.CommitAsync(sink, commits, partitions);
        writing.Stop();

        long next = 0, rows = 0;
        var sinkOpens = await TimesAsync(async () =>
        {
            await using var sink = new DeltaSink(OpeningTable.Context, sinkOptions);
            await sink.OpenAsync(default);
            next = (await sink.ReadStateAsync(default)).Cursors.Values.Sum();
        });
        var files = 0;
        var readerOpens = await TimesAsync(() =>
        {
            files = DeltaTableReader.Open(path).Files.Count;
            return Task.CompletedTask;
        });
        foreach (var part in DeltaTableReader.Open(path).Read("id")) rows += part.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{commits,9} {writing.Elapsed.TotalSeconds,11:F1} {Directory.GetFiles(Path.Combine(path, "_delta_log")).Length,10} {files,11} {sinkOpens[0],23:F1} {Median(sinkOpens),7:F1} {readerOpens[0],25:F1} {Median(readerOpens),7:F1}"));
        if (next == commits && rows == commits) return true;
        Console.Error.WriteLine($"{commits} rows were committed, but the table has {rows} and its cursors say {next}.");
        return false;
    }

    private static async Task<double[]> TimesAsync(Func<Task> open)
    {
        var times = new double[Openings];
        for (var i = 0; i < Openings; i++)
        {
            var watch = Stopwatch.StartNew();
            await open();
            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        return times;
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
