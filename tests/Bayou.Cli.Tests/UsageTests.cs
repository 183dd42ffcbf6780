using Bayou.Console;

namespace Bayou.Cli.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("pause", "pause", "Required argument missing for command: 'pause'.")]
    [InlineData("run", "run", "Required argument missing for command: 'run'.")]
    [InlineData("stop", "stop", "Required argument missing for command: 'stop'.")]
    [InlineData("load --bad 2", "load", "--bad is 2; it must be 0 to 1.")]
    [InlineData("load --types 0", "load", "--types is 0; it must be 1 to 1000.")]
    [InlineData("demo --events 0", "demo", "--events is 0; it must be a number from 1.")]
    [InlineData("bench --rounds 0", "bench", "--rounds is 0; it must be 1 to 1000.")]
    [InlineData("quarantine show shop.yaml --at 3:5-4", "quarantine show", "--at takes PARTITION, PARTITION:OFFSET or PARTITION:FIRST-LAST, not '3:5-4'")]
    [InlineData("validate shop.yaml --sample 0", "validate", "--sample is 0; it must be 1 to 10000.")]
    [InlineData("validate shop.yaml --sample many", "validate", "--sample is many; it must be 1 to 10000.")]
    [InlineData("chaos --kills 0", "chaos", "--kills is 0; it must be 1 to 10000.")]
    [InlineData("load --skew NaN", "load", "--skew is NaN; it must be 0 to 1.")]
    [InlineData("load --count 1.5", "load", "--count is 1.5; it must be a number from 0.")]
    [InlineData("status --nonsense x", "status", "Unrecognized command or argument 'x'.")]
    public async Task Run_wrong_arguments_are_misuse(string line, string command, string message)
    {
        using var cli = new CliRun();

        var code = await cli.RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.Misused, code);
        Assert.Equal("", cli.Out);
        Assert.Equal([$"bayou: {message}", $"Type 'bayou {command} --help' for how it is used."], cli.Error.TrimEnd().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("chaos")]
    [InlineData("test")]
    public async Task Run_command_that_needs_the_sources_without_them_fails(string command)
    {
        using var cli = new CliRun();

        var code = await cli.RunAsync(command);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal($"bayou: the sources were not found; start this command with ./bayou of the repository{Environment.NewLine}", cli.Error);
    }

    [Fact]
    public async Task Run_without_command_is_misuse()
    {
        using var cli = new CliRun();

        var code = await cli.RunAsync();

        Assert.Equal(ExitCode.Misused, code);
        Assert.Equal($"bayou: Required command was not provided.{Environment.NewLine}Type 'bayou --help' for how it is used.{Environment.NewLine}", cli.Error);
    }

    [Fact]
    public async Task Run_unknown_command_is_misuse()
    {
        using var cli = new CliRun();

        var code = await cli.RunAsync("rum", "shop.yaml");

        Assert.Equal(ExitCode.Misused, code);
        Assert.Equal($"bayou: there is no command 'rum'{Environment.NewLine}Type 'bayou --help' for how it is used.{Environment.NewLine}", cli.Error);
    }

    [Fact]
    public async Task Run_state_directory_that_cannot_be_made_fails()
    {
        using var cli = new CliRun();
        var path = Path.Combine(cli.Folder, "file");
        File.WriteAllText(path, "");

        var code = await cli.RunAsync("silo", "--state", "file");

        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith($"bayou: the state directory {path} cannot be used: ", cli.Error);
    }

    [Fact]
    public async Task Help_of_an_unknown_command_is_misuse()
    {
        using var cli = new CliRun();

        var code = await cli.RunAsync("help", "nonsense");

        Assert.Equal(ExitCode.Misused, code);
        Assert.Equal("bayou: there is no command 'nonsense'", cli.Error.Split(Environment.NewLine)[0]);
    }

    [Fact]
    public async Task Help_of_every_command_shows_an_example()
    {
        using var root = new CliRun();
        var tree = BayouCommands.Create(new CliContext
        {
            Terminal = new Terminal(TextWriter.Null, TextWriter.Null, false, false, root.Folder), Silos = root.Silo, Pipelines = root.Pipelines,
        });

        foreach (var name in tree.Root.Subcommands.Select(command => command.Name))
        {
            using var cli = new CliRun();

            var code = await cli.RunAsync(name, "--help");

            Assert.Equal((ExitCode.Done, ""), (code, cli.Error));
            var lines = cli.Out.Split(Environment.NewLine);
            Assert.StartsWith($"  bayou {name}", lines[Array.IndexOf(lines, "Examples:") + 1]);
        }
    }

    [Fact]
    public async Task Demo_in_a_folder_with_something_else_is_refused_and_keeps_it()
    {
        using var cli = new CliRun();
        var file = Path.Combine(cli.Folder, "mine", "letter.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "dear");

        var code = await cli.RunAsync("demo", "--dir", "mine");

        Assert.Equal((ExitCode.Failed, $"bayou: {Path.GetDirectoryName(file)} is not empty and was not made by a demo; name another folder with --dir{Environment.NewLine}"), (code, cli.Error));
        Assert.Equal("dear", File.ReadAllText(file));
    }

    [Fact]
    public async Task Run_unexpected_exception_is_one_line()
    {
        using var cli = new CliRun();
        cli.Silo.Statuses.Add(null!);
        using var state = SiloFolder.Create(cli.Folder, "shop");

        var code = await cli.RunAsync("status");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal("", cli.Out);
        Assert.Equal(
            $"bayou: unexpected NullReferenceException: Object reference not set to an instance of an object. (--verbose shows where){Environment.NewLine}", cli.Error);
    }

    [Fact]
    public async Task Run_bad_pipeline_file_fails_with_its_problems()
    {
        using var cli = new CliRun();
        cli.Pipelines.Problem = "shop.yaml:3:5: no";

        var code = await cli.RunAsync("run", "shop.yaml");

        Assert.Equal((ExitCode.Failed, "", $"bayou: shop.yaml:3:5: no{Environment.NewLine}"), (code, cli.Out, cli.Error));
        Assert.False(Directory.Exists(Path.Combine(cli.Folder, ".bayou")));
    }
}
