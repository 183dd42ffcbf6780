using System.CommandLine;
using System.Diagnostics;
using Bayou.Console.Connections;
using Bayou.Status;

namespace Bayou.Console.Commands;

/// <summary><c>bayou stop</c>: commits what was accepted, then stops the pipeline for good.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    public static void AddTo(CommandTree tree, Terminal terminal, ISiloConnector silos)
    {
        var pipeline = new Argument<string>("pipeline") { HelpName = "PIPELINE", Description = "The pipeline's name." };
        var state = ClientCommands.State();
        var noWait = new Option<bool>("--no-wait") { Description = "Return when the decision is stored, without waiting for the last commit." };
        var command = new Command("stop", "Commit what was accepted and stop a pipeline; it is not revived after a restart.") { pipeline, state, noWait };
        command.SetAction((parsed, cancellation) =>
            RunAsync(terminal, silos, parsed.GetRequiredValue(pipeline), parsed.GetValue(state), !parsed.GetValue(noWait), cancellation));
        tree.Add(command, ["bayou stop shop", "bayou stop shop --no-wait"]);
    }

    private static async Task<int> RunAsync(
        Terminal terminal, ISiloConnector silos, string name, string? state, bool wait, CancellationToken cancellation)
    {
        await using var silo = await silos.ConnectAsync(SiloChoice.Choose(terminal.WorkingDirectory, state, name), cancellation);
        var target = await Target.FindAsync(silo, name);
        if (target.Table is not null)
            throw new CommandFailedException($"'{name}' is a table; only pipelines are stopped. To hold one table: bayou pause {name}");

        var pipeline = silo.Pipeline(target.Pipeline);
        await pipeline.StopAsync();
        try
        {
            while (wait && (await pipeline.GetStatusAsync()).State is not (PipelineState.Stopped or PipelineState.Completed or PipelineState.Failed))
                await Task.Delay(PollInterval, cancellation);
            terminal.Out.WriteLine($"pipeline {name} {(wait ? "is stopped" : "is stopping")}");
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // The decision is stored. 'bayou run' ends with its pipeline, and can be gone before it is asked again.
            terminal.Out.WriteLine(await EndsAsync(silo.Silo.Pid, cancellation)
                ? $"pipeline {name} is stopped; process {silo.Silo.Pid}, which ran it, has ended"
                : $"pipeline {name} is to stop; its silo, process {silo.Silo.Pid}, does not answer any more");
        }

        return ExitCode.Done;
    }

    /// <summary>True when the process has ended, or does within a few seconds.</summary>
    private static async Task<bool> EndsAsync(int processId, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(EndLimit);
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
