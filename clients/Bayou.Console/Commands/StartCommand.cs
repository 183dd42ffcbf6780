using System.CommandLine;
using Bayou.Console.Connections;
using Bayou.Pipelines;

namespace Bayou.Console.Commands;

/// <summary><c>bayou start</c>: gives a pipeline file to a running silo, as a new pipeline or a new version of one.</summary>
public static class StartCommand
{
    internal static void AddTo(CommandTree tree, Terminal terminal, ISiloConnector silos, IPipelineLoader pipelines)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The pipeline file." };
        var state = ClientCommands.State();
        var command = new Command("start", "Start a pipeline on a running silo, or take a changed file over.") { file, state };
        command.SetAction((parsed, cancellation) => RunAsync(terminal, silos, pipelines, parsed.GetRequiredValue(file), parsed.GetValue(state), cancellation));
        tree.Add(command, ["bayou start shop.yaml", "bayou start shop.yaml --state ./.bayou/silo"]);
    }

    /// <summary>Says what starting came to.</summary>
    public static string Describe(string pipeline, StartResult result)
    {
        var text = $"pipeline {pipeline} {(result.Paused ? "stays paused" : "runs")}, version {result.Version}{(result.NewVersion ? " (new)" : "")}";
        if (result.Paused)
            text += $"; to go on: bayou resume {pipeline}";
        return result.PausedTables.Length == 0 ? text : $"{text}; still paused: {string.Join(", ", result.PausedTables)}";
    }

    private static async Task<int> RunAsync(
        Terminal terminal, ISiloConnector silos, IPipelineLoader pipelines, string file, string? state, CancellationToken cancellation)
    {
        var definition = pipelines.Load(terminal.FullPath(file));
        await using var silo = await silos.ConnectAsync(SiloChoice.Choose(terminal.WorkingDirectory, state, definition.Name), cancellation);
        var result = await silo.Pipeline(definition.Name).StartAsync(definition);
        terminal.Out.WriteLine(Describe(definition.Name, result));
        return ExitCode.Done;
    }
}
