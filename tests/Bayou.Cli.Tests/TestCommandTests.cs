using Bayou.Console;

namespace Bayou.Cli.Tests;

/// <summary>What <c>bayou test</c> runs and says, with a stand-in for <c>dotnet</c> that tells how it was called.</summary>
public sealed class TestCommandTests : IDisposable
{
    private const string Normal = "1,000 schedules of the simulation, every cell of the failure matrix up to 10 times, 1,000 inputs of each fuzz test";
    private const string Soak = "15,000 schedules of the simulation, every cell of the failure matrix up to 150 times, 10,000 inputs of each fuzz test";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("bayou-home-");
    private readonly CliRun _cli;

    public TestCommandTests()
    {
        var project = _home.CreateSubdirectory("tests/One.Tests");
        File.WriteAllText(Path.Combine(project.FullName, "One.Tests.csproj"), "<Project><PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup></Project>");
        Script("dotnet", """
            echo "$BAYOU_SCHEDULES $BAYOU_FUZZ $*" > "$(dirname "$0")/called"
            echo '<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results><UnitTestResult testName="A.passes" outcome="Passed" /></Results></TestRun>' \
              > "$(dirname "$0")/artifacts/test-results/One.Tests/results.trx"
            """);
        _cli = new CliRun { Home = _home.FullName, Dotnet = Path.Combine(_home.FullName, "dotnet") };
    }

    private string[] Lines => _cli.Out.TrimEnd().Split(Environment.NewLine);

    private string[] Called => File.ReadAllText(Path.Combine(_home.FullName, "called")).TrimEnd().Split(' ');

    public void Dispose()
    {
        _cli.Dispose();
        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_says_what_it_tried_and_what_the_soak_would()
    {
        var code = await _cli.RunAsync("test");

        Assert.Equal(
            [
                "One.Tests ...", "One.Tests: 1 passed, 0 failed, 0 skipped", $"This run tried {Normal}.",
                $"Left out: {Soak}, 'bayou chaos' with 200 kills; './bayou test --soak' runs that in 80 minutes at most.", "1 passed, 0 failed, 0 skipped",
            ],
            Lines);
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(["1000", "1000", "test"], Called[..3]);
        Assert.Contains("15m", Called);
    }

    [Theory]
    [InlineData(0, "bayou chaos: 1 passed, 0 failed, 0 skipped", "2 passed, 0 failed, 0 skipped", ExitCode.Done)]
    [InlineData(3, "bayou chaos: 0 passed, 1 failed, 0 skipped", "1 passed, 1 failed, 0 skipped", ExitCode.Failed)]
    public async Task Run_soak_tries_harder_and_runs_the_chaos_tests(int chaos, string counted, string total, int expected)
    {
        Script("bayou", $"echo \"$@\"; exit {chaos}");

        var code = await _cli.RunAsync("test", "--soak");

        Assert.Equal(["bayou chaos ...", "  chaos --kills 200"], Lines[2..4]);
        Assert.Contains(counted, Lines);
        Assert.Contains($"This run tried {Soak}, 'bayou chaos' with 200 kills.", Lines);
        Assert.StartsWith("Left out: further schedules", Lines[^2]);
        Assert.Equal(total, Lines[^1]);
        Assert.Equal(expected, code);
        Assert.Equal(["15000", "10000", "test"], Called[..3]);
    }

    [Fact]
    public async Task Run_with_a_filter_says_that_the_rest_was_left_out()
    {
        await _cli.RunAsync("test", "Delta", "--soak");

        Assert.Equal(
            [
                "One.Tests ...", "One.Tests: 1 passed, 0 failed, 0 skipped", $"This run tried what matches 'Delta', with at most {Soak}; all other tests were left out.",
                "Left out: 'bayou chaos', which a filter does not apply to.",
            ],
            Lines[..4]);
    }

    [Fact]
    public async Task Run_soak_out_of_time_leaves_the_rest_out()
    {
        using var cli = new CliRun { Home = _home.FullName, Dotnet = Path.Combine(_home.FullName, "dotnet"), Time = new ExpiredTime() };

        var code = await cli.RunAsync("test", "--soak");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("Left out for want of time (80 minutes): One.Tests, bayou chaos.", cli.Out);
        Assert.EndsWith($"0 passed, 0 failed, 0 skipped{Environment.NewLine}", cli.Out);
        Assert.False(File.Exists(Path.Combine(_home.FullName, "called")));
    }

    private void Script(string name, string body)
    {
        var path = Path.Combine(_home.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body.ReplaceLineEndings("\n")}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
