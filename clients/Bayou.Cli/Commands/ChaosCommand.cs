using System.CommandLine;
using Bayou.Cli.Testing;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou chaos</c>: kills and starves real processes while they land events, and proves that nothing was lost or doubled. The program is that of tests/Bayou.EndToEnd.Tests.</summary>
internal static class ChaosCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var scenarios = new Option<string[]>("--scenario") { HelpName = "NAME", Description = "Run this one; may be repeated. Default: all. An unknown name lists them." };
        var kills = NumberOption.Create("--kills", 20, 1, 10_000, "How often the silo is killed where a scenario is about that.");
        var seed = NumberOption.Create<int>("--seed", 0, 1, int.MaxValue, "Repeat a run's random moments. Default: another each time; it is printed.");
        var bootstrap = new Option<string?>("--bootstrap") { HelpName = "HOST:PORT", Description = "Use these brokers, which are not killed. Default: start some, where kafka-local is found (BAYOU_SHARED)." };
        var command = new Command("chaos", "Kill and starve real processes, and prove that nothing is lost or doubled. Exit code 1 when anything is.") { scenarios, kills, seed, bootstrap };
        command.SetAction((parsed, stopping) =>
        {
            List<string> arguments = ["--kills", $"{parsed.GetValue(kills)}"];
            foreach (var scenario in parsed.GetValue(scenarios) ?? []) arguments.AddRange(["--scenario", scenario]);
            if (parsed.GetValue(seed) is > 0 and var given) arguments.AddRange(["--seed", $"{given}"]);
            if (parsed.GetValue(bootstrap) is { } address) arguments.AddRange(["--bootstrap", address]);
            return RunAsync(context, arguments, stopping);
        });
        tree.Add(command, ["bayou chaos", "bayou chaos --kills 200", "bayou chaos --scenario kills --scenario zombie --seed 7", "bayou chaos --bootstrap kafka:9092"]);
    }

    private static async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken stopping)
    {
        var home = context.Home ?? throw new CommandFailedException("the sources were not found; start this command with ./bayou of the repository");
        context.Terminal.Error.WriteLine("bayou: building tests/Bayou.EndToEnd.Tests (Release)");
        var program = await TestProgram.BuildAsync(home, "Bayou.EndToEnd.Tests", context.Dotnet, stopping);
        return await program.RunAsync(context.Dotnet, arguments, stopping);
    }
}
