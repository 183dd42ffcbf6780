using System.CommandLine;
using Bayou.Console;
using Bayou.Console.Commands;
using Bayou.Silos;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou run</c>: a pipeline and the silo for it in one process, until it is done or interrupted.</summary>
internal static class RunCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The pipeline file." };
        var command = new Command("run", "Run a pipeline in this process. Interrupt once to commit and stop, twice to stop at once.") { file };
        var silo = new SiloOptions(command, $"./{RunningSilos.FolderName}/PIPELINE");
        command.SetAction((parsed, stopping) => RunAsync(context, silo, parsed, parsed.GetRequiredValue(file), stopping));
        tree.Add(command, ["bayou run shop.yaml", "bayou run shop.yaml --state /var/lib/bayou/shop --log information"]);
    }

    private static async Task<int> RunAsync(CliContext context, SiloOptions options, ParseResult parsed, string file, CancellationToken stopping)
    {
        var definition = context.Pipelines.Load(context.Terminal.FullPath(file));
        await using var silo = options.Create(context, parsed, Path.Combine(RunningSilos.FolderName, definition.Name), [definition.Name]);
        try
        {
            await silo.StartAsync(stopping);
            var run = new PipelineRun(context, silo.Grains, definition);
            context.Terminal.Error.WriteLine(StartCommand.Describe(definition.Name, await run.StartAsync()));
            var end = await run.WatchAsync(stopping);
            if (end is not null)
                return run.Report(end);

            context.Terminal.Error.WriteLine("draining: committing what was accepted (interrupt again to stop at once)...");
            await silo.StopAsync();
            context.Terminal.Error.WriteLine($"stopped; to go on: {context.CommandLine}");
            return ExitCode.Done;
        }
        finally
        {
            await silo.StopAsync();
        }
    }
}
