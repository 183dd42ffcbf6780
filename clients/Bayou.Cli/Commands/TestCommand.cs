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
        var command = new Command("test", "Run the tests; the last line counts them.") { filter };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetValue(filter), cancellation));
        tree.Add(command, ["bayou test", "bayou test Delta", "bayou test 'Category!=Chaos'"]);
    }

    private static async Task<int> RunAsync(CliContext context, string? filter, CancellationToken cancellation)
    {
        var home = context.Home ?? throw new CommandFailedException("the sources were not found; start this command with ./bayou of the repository");
        var projects = TestProject.FindAll(home);
        if (projects.Count == 0)
            throw new CommandFailedException($"there are no test projects under {Path.Combine(home, "tests")}");

        var output = context.Terminal.Out;
        var total = TestCount.Zero;
        foreach (var project in projects)
        {
            output.WriteLine($"{project.Name} ...");
            var result = await project.RunAsync(context.Dotnet, filter, cancellation);
            total += result.Count;
            foreach (var line in result.Lines)
                output.WriteLine("  " + line);
            output.WriteLine($"{project.Name}: {result.Count}");
        }

        if (total == TestCount.Zero)
            context.Terminal.Error.WriteLine(filter is null ? "bayou: no test was found" : $"bayou: no test matches '{filter}'");
        output.WriteLine(total);
        return total.Failed == 0 && total != TestCount.Zero ? ExitCode.Done : ExitCode.Failed;
    }
}
