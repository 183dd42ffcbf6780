using Bayou.Console;

namespace Bayou.Cli.Tests;

/// <summary><c>bayou bench</c>, with a program in place of <c>dotnet</c> that notes what it is asked.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("bayou-home-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Bench_builds_the_program_and_hands_on_what_was_typed()
    {
        using var cli = Create(buildExit: 0, runExit: 1);

        var code = await cli.RunAsync("bench", "--only", "pipeline,idle", "--events=5000", "--json");

        Assert.Equal((1, ""), (code, cli.Out));
        Assert.Equal(
            [$"publish -o {Published} {Project} -c Release -nologo -v quiet -consoleLoggerParameters:NoSummary", $"{Path.Combine(Published, "Bayou.Benchmarks.dll")} bench --events 5000 --only pipeline,idle --json"],
            File.ReadAllLines(Path.Combine(_home, "asked")));
    }

    [Fact]
    public async Task Bench_that_cannot_be_built_fails_with_what_the_build_said()
    {
        using var cli = Create(buildExit: 1, runExit: 0);

        var code = await cli.RunAsync("bench");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal($"bayou: building tests/Bayou.Benchmarks (Release){Environment.NewLine}bayou: Bayou.Benchmarks cannot be built:\nno good{Environment.NewLine}", cli.Error);
        Assert.Single(File.ReadAllLines(Path.Combine(_home, "asked")));
    }

    [Fact]
    public async Task Bench_without_the_sources_fails()
    {
        using var cli = new CliRun();

        var code = await cli.RunAsync("bench");

        Assert.Equal((ExitCode.Failed, $"bayou: the sources were not found; start this command with ./bayou of the repository{Environment.NewLine}"), (code, cli.Error));
    }

    private string Published => Path.Combine(_home, "artifacts", "Bayou.Benchmarks");

    private string Project => Path.Combine(_home, "tests", "Bayou.Benchmarks");

    private CliRun Create(int buildExit, int runExit)
    {
        Directory.CreateDirectory(Project);
        var dotnet = Path.Combine(_home, "dotnet");
        File.WriteAllText(dotnet, $"#!/bin/sh\necho \"$*\" >> {_home}/asked\nif [ \"$1\" = publish ]; then echo no good; exit {buildExit}; fi\nexit {runExit}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new CliRun { Home = _home, Dotnet = dotnet };
    }
}
