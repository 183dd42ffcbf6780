using System.CommandLine;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou help</c>: the same as <c>--help</c> behind a command.</summary>
internal static class HelpCommand
{
    public static void AddTo(CommandTree tree)
    {
        var topic = new Argument<string[]>("command") { HelpName = "COMMAND", Arity = ArgumentArity.ZeroOrMore, Description = "The command to explain. Default: all of them." };
        var command = new Command("help", "Explain a command.") { topic };
        command.SetAction((parsed, cancellation) => RunAsync(tree, parsed.GetValue(topic) ?? [], cancellation));
        tree.Add(command, ["bayou help", "bayou help run", "bayou help quarantine list"]);
    }

    private static Task<int> RunAsync(CommandTree tree, string[] words, CancellationToken cancellation)
    {
        Command at = tree.Root;
        foreach (var word in words)
            at = at.Subcommands.FirstOrDefault(child => child.Name == word) ?? throw new UsageException($"there is no command '{string.Join(' ', words)}'");
        return tree.RunAsync([.. words, "--help"], cancellation);
    }
}
