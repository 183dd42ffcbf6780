using System.CommandLine;
using Bayou.Cli.Testing;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou bench</c>: runs the benchmark of the whole path. The program is tests/Bayou.Benchmarks, built when it is used: the product does not carry it.</summary>
internal static class BenchCommand
{
    private const string Parts = "discard, pipeline, baseline, latency, idle, frozen, partitions, tables";

    public static void AddTo(CommandTree tree, CliContext context)
    {
        Option[] options =
        [
            NumberOption.Create("--events", 2_000_000L, 1, long.MaxValue, "Events of the topic."),
            NumberOption.Create("--size", 0, 0, Load.LoadOptions.MaxSizeBytes, "Bytes that every event is filled up to. 0: as they come, about 215."),
            NumberOption.Create("--tables", 10, 1, Load.LoadOptions.MaxTypes, "Event types, each with a table."),
            NumberOption.Create("--partitions", 50, 1, 10_000, "Partitions of the topic."),
            Sink(),
            NumberOption.Create("--rounds", 3, 1, 1000, "Runs of each contestant, interleaved."),
            new Option<string?>("--only") { HelpName = "PARTS", Description = $"Parts to run, with commas between: {Parts}. Default: all." },
            NumberOption.Create("--seconds", 60, 3, 3600, "How long each latency is measured, and idling for a third of it."),
            new Option<string?>("--bootstrap") { HelpName = "HOST:PORT", Description = "Use these brokers and new topics there. Default: a broker of its own." },
            new Option<bool>("--json") { Description = "Print all runs and medians as JSON; progress goes to standard error." },
        ];
        var command = new Command("bench", "Measure speed, latency, idling and growth, against bare consumers, with the rows verified.");
        foreach (var option in options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(context, [.. Arguments(parsed, options)], cancellation));
        tree.Add(command, ["bayou bench", "bayou bench --only pipeline --events 1000000", "bayou bench --only latency --json", "bayou bench --bootstrap kafka:9092 --size 1200"]);
    }

    private static async Task<int> RunAsync(CliContext context, string[] arguments, CancellationToken cancellation)
    {
        var home = context.Home ?? throw new CommandFailedException("the sources were not found; start this command with ./bayou of the repository");
        context.Terminal.Error.WriteLine("bayou: building tests/Bayou.Benchmarks (Release)");
        var program = await TestProgram.PublishAsync(home, "Bayou.Benchmarks", context.Dotnet, cancellation);
        return await program.RunAsync(context.Dotnet, ["bench", .. arguments], cancellation);
    }

    // What was typed goes on as it was; what was not is left to the benchmark's own defaults.
    private static IEnumerable<string> Arguments(ParseResult parsed, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            if (parsed.GetResult(option) is not { Implicit: false } result) continue;
            yield return option.Name;
            foreach (var token in result.Tokens) yield return token.Value;
        }
    }

    private static Option<string?> Sink()
    {
        var sink = new Option<string?>("--sink") { HelpName = "KIND", Description = "What the tables are: delta, or discard, which encodes and writes nothing. Default: delta." };
        return sink.AcceptOnlyFromAmong("delta", "discard");
    }
}
