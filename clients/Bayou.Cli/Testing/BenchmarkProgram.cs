using System.Diagnostics;
using System.Runtime.InteropServices;
using Bayou.Console;

namespace Bayou.Cli.Testing;

/// <summary>The benchmark program of the repository, which is built when it is used: the product does not carry it.</summary>
internal sealed partial class BenchmarkProgram(string home, string dotnet)
{
    private const int SigTerm = 15;

    // It kills the processes that it started, then deletes the data of its broker.
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(1);

    /// <summary>Builds it and runs it to its end; its output is this process's. Cancelled, it is asked to end, and killed when it does not.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="CommandFailedException">It is not there, or cannot be built.</exception>
    public async Task<int> RunAsync(string[] arguments, TextWriter progress, CancellationToken cancellation)
    {
        var project = Path.Combine(home, "tests", "Bayou.Benchmarks");
        if (!Directory.Exists(project)) throw new CommandFailedException($"the benchmark program was not found in {project}");
        progress.WriteLine("building the benchmark program (Release)");
        await BuildAsync(project, cancellation);

        using var process = Process.Start(new ProcessStartInfo(dotnet, [Path.Combine(project, "bin", "Release", "net10.0", "Bayou.Benchmarks.dll"), .. arguments]))!;
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _ = Signal(process.Id, SigTerm);
            using var limit = new CancellationTokenSource(EndLimit);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    private async Task BuildAsync(string project, CancellationToken cancellation)
    {
        using var build = Process.Start(new ProcessStartInfo(dotnet, ["build", project, "-c", "Release", "-nologo", "-v", "quiet"]) { RedirectStandardOutput = true })!;
        using var killing = cancellation.Register(() => build.Kill(entireProcessTree: true));
        var output = await build.StandardOutput.ReadToEndAsync(cancellation);
        await build.WaitForExitAsync(cancellation);
        if (build.ExitCode != 0) throw new CommandFailedException($"the benchmark program cannot be built:\n{output.TrimEnd()}");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
