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
    public static Task<TestProgram> BuildAsync(string home, string name, string dotnet, CancellationToken cancellation) =>
        MakeAsync(home, name, dotnet, ["build"], Path.Combine(home, "tests", name, "bin", "Release", "net10.0"), cancellation);

    /// <summary>Publishes it in Release, compiled ahead of time as <c>./bayou</c> itself is.</summary>
    /// <inheritdoc cref="BuildAsync"/>
    public static Task<TestProgram> PublishAsync(string home, string name, string dotnet, CancellationToken cancellation)
    {
        var output = Path.Combine(home, "artifacts", name);
        return MakeAsync(home, name, dotnet, ["publish", "-o", output], output, cancellation);
    }

    private static async Task<TestProgram> MakeAsync(string home, string name, string dotnet, string[] verb, string output, CancellationToken cancellation)
    {
        string[] arguments = [.. verb, Path.Combine(home, "tests", name), "-c", "Release", "-nologo", "-v", "quiet", "-consoleLoggerParameters:NoSummary"];
        var start = new ProcessStartInfo(dotnet, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{dotnet} did not start");
        using var killing = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var log = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? new TestProgram(Path.Combine(output, $"{name}.dll"))
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
