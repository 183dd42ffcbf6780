using System.Diagnostics;
using Bayou.Console;

namespace Bayou.Cli.Testing;

/// <summary>A test project that is also a program.</summary>
internal sealed class TestProgram
{
    private readonly string _assembly;

    private TestProgram(string assembly) => _assembly = assembly;

    /// <summary>Builds it in Release.</summary>
    /// <exception cref="CommandFailedException">It cannot be built; the message has the log.</exception>
    public static async Task<TestProgram> BuildAsync(string home, string name, string dotnet, CancellationToken cancellation)
    {
        var folder = Path.Combine(home, "tests", name);
        var start = new ProcessStartInfo(dotnet, ["build", folder, "-c", "Release", "-nologo", "-v", "quiet", "-consoleLoggerParameters:NoSummary"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{dotnet} did not start");
        using var killing = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var log = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? new TestProgram(Path.Combine(folder, "bin", "Release", "net10.0", $"{name}.dll"))
            : throw new CommandFailedException($"{name} cannot be built:\n{log.Trim()}");
    }

    /// <summary>Runs it on this process's terminal and returns its exit code. When cancelled, it is asked to end, which takes its processes and mounts away.</summary>
    public async Task<int> RunAsync(string dotnet, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(dotnet, [_assembly, .. arguments])) ?? throw new InvalidOperationException($"{dotnet} did not start");
        using var ending = cancellation.Register(() => Process.Start("kill", ["-TERM", $"{process.Id}"])?.Dispose());
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
