using System.Diagnostics;

namespace Bayou.Cli.Testing;

/// <summary><c>bayou chaos</c> as a part of a run of the tests.</summary>
internal static class ChaosStep
{
    /// <summary>Runs it, hands its lines on, and counts it as one test.</summary>
    public static async Task<TestResult> RunAsync(string home, int kills, TextWriter output, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Path.Combine(home, "bayou"), ["chaos", "--kills", $"{kills}"]) { WorkingDirectory = home, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
        // It is asked to end, so that it takes its brokers and mounts away.
        using var ending = cancellation.Register(() => Process.Start("kill", ["-TERM", $"{process.Id}"])?.Dispose());
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line) output.WriteLine($"  {line}");
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? new TestResult(new TestCount(1, 0, 0), [])
            : new TestResult(new TestCount(0, 1, 0), [$"FAILED bayou chaos --kills {kills} ended with exit code {process.ExitCode}"]);
    }
}
