using System.Diagnostics;
using System.Text.Json;
using Bayou.Benchmarks.Bench;
using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Measuring;
using Bayou.Sinks.Delta;

namespace Bayou.Benchmarks.Reference;

/// <summary>The reference program, unpacked, as a contestant. Its figures are its own; its rows are counted.</summary>
internal sealed class ReferenceProgram(string program, string folder, string address, BenchTopic topic) : IContestant
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <summary>Unpacks it into a folder; returns the path of the program.</summary>
    /// <exception cref="InvalidOperationException">It could not be unpacked.</exception>
    public static async Task<string> UnpackAsync(string archive, string folder)
    {
        var program = Path.Combine(folder, "anchor");
        await ShellAsync("xz -dc \"$1\" > \"$2\" && chmod +x \"$2\"", archive, program);
        return program;
    }

    /// <summary>Fills a topic with the reference's events.</summary>
    /// <exception cref="InvalidOperationException">One of the tools that it takes failed; its own message is on standard error.</exception>
    public static Task LoadAsync(string generator, long events, int sizeBytes, string address, string topic) => ShellAsync(
        "python3 \"$1\" \"$2\" --size \"$3\" | kcat -P -b \"$4\" -t \"$5\" -K \"$(printf '\\t')\" -X queue.buffering.max.messages=2000000 -X linger.ms=20",
        generator, $"{events}", $"{sizeBytes}", address, topic);

    /// <inheritdoc/>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var lake = Path.Combine(folder, $"reference-{Guid.NewGuid():N}");
        using var process = Process.Start(new ProcessStartInfo(program, [address, topic.Name, lake, "--workers", "2", "--source", "raw", "--commit", "500000"]) { RedirectStandardOutput = true })!;
        using var killing = cancellationToken.Register(() => process.Kill());
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new InvalidOperationException($"The reference program ended with exit code {process.ExitCode}; nothing is compared.");

        var rows = Directory.GetDirectories(lake).Where(DeltaTableReader.Exists).Sum(table => DeltaTableReader.Open(table).Read().Sum(group => (long)group.Count));
        Directory.Delete(lake, recursive: true);
        if (rows != topic.Events) throw new InvalidOperationException($"The reference program wrote {rows} rows, {topic.Events} expected. The run does not count.");
        var figures = JsonDocument.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        double Figure(string name) => figures.GetProperty(name).GetDouble();
        return new RunResult(Name, topic.Events, topic.Bytes, new Measurement(
            topic.Events / Figure("rec_s"), Figure("user_s"), Figure("sys_s"), (long)(Figure("rss_mb") * 1e6), 0, [0, 0, 0]));
    }

    private static async Task ShellAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. arguments]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', arguments)}: a tool that this takes (sh, xz, python3, kcat) ended with exit code {process.ExitCode}; nothing is compared.");
    }
}
