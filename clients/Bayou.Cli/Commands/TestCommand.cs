using System.CommandLine;
using Bayou.Cli.Testing;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou test</c>: runs every test project of the repository and adds the results up.</summary>
internal static class TestCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var filter = new Argument<string?>("filter")
        {
            HelpName = "FILTER", Arity = ArgumentArity.ZeroOrOne,
            Description = "Part of a test's full name, or a 'dotnet test' filter expression. Default: all tests.",
        };
        var soak = new Option<bool>("--soak") { Description = "Try harder: more schedules and inputs, and 'bayou chaos' with many kills. Takes 80 minutes at most." };
        var command = new Command("test", "Run the tests; the last line counts them, those before say what was left out.") { filter, soak };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetValue(filter), parsed.GetValue(soak) ? TestScale.Soak : TestScale.Normal, cancellation));
        tree.Add(command, ["bayou test", "bayou test Delta", "bayou test 'Category!=Chaos'", "bayou test --soak"]);
    }

    private static async Task<int> RunAsync(CliContext context, string? filter, TestScale scale, CancellationToken cancellation)
    {
        var home = context.Home ?? throw new CommandFailedException("the sources were not found; start this command with ./bayou of the repository");
        var projects = TestProject.FindAll(home);
        if (projects.Count == 0)
            throw new CommandFailedException($"there are no test projects under {Path.Combine(home, "tests")}");

        var output = context.Terminal.Out;
        using var run = new TestRun(output, scale, context.Time);
        foreach (var project in projects)
            await run.AddAsync(project.Name, limited => project.RunAsync(context.Dotnet, filter, scale, limited), cancellation);
        if (scale.Kills > 0 && filter is null)
            await run.AddAsync("bayou chaos", limited => ChaosStep.RunAsync(home, scale.Kills, output, limited), cancellation);

        if (run.Total == TestCount.Zero)
            context.Terminal.Error.WriteLine(filter is null ? "bayou: no test was found" : $"bayou: no test matches '{filter}'");
        foreach (var line in LeftOut.Lines(scale, filter, run.Unfinished))
            output.WriteLine(line);
        output.WriteLine(run.Total);
        return run.Total.Failed == 0 && run.Total != TestCount.Zero ? ExitCode.Done : ExitCode.Failed;
    }
}
