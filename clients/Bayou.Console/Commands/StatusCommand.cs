using System.CommandLine;
using Bayou.Console.Connections;
using Bayou.Console.Rendering;
using Bayou.Status;

namespace Bayou.Console.Commands;

/// <summary><c>bayou status</c>: what the pipelines of a running silo do, once or continuously.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public static void AddTo(CommandTree tree, Terminal terminal, ISiloConnector silos, TimeProvider time)
    {
        var pipeline = new Argument<string?>("pipeline")
        {
            HelpName = "PIPELINE", Arity = ArgumentArity.ZeroOrOne, Description = "Only this pipeline. Default: all.",
        };
        var watch = new Option<bool>("--watch") { Description = "Go on until interrupted." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document (with --watch, one a line)." };
        var state = ClientCommands.State();
        var command = new Command("status", "Show rows, rates, lag and state of every table.") { pipeline, watch, json, state };
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal, silos, time, parsed.GetValue(pipeline), parsed.GetValue(state), parsed.GetValue(watch), parsed.GetValue(json), cancellation));
        tree.Add(command, ["bayou status", "bayou status --watch", "bayou status shop --json | jq '.pipelines[0].tables[] | {name, rows, lag}'"]);
    }

    private static async Task<int> RunAsync(
        Terminal terminal, ISiloConnector silos, TimeProvider time, string? only, string? state, bool watch, bool json, CancellationToken cancellation)
    {
        await using var silo = await silos.ConnectAsync(SiloChoice.Choose(terminal.WorkingDirectory, state, only), cancellation);
        if (!watch)
        {
            Print(terminal, await ReadAsync(silo, only), json, indented: true);
            return ExitCode.Done;
        }

        using var timer = new PeriodicTimer(WatchInterval, time);
        await using var live = json ? null : LiveStatus.Create(terminal);
        try
        {
            do
            {
                var statuses = await ReadAsync(silo, only);
                if (live is null)
                    Print(terminal, statuses, json, indented: false);
                else
                    live.Show(statuses);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The only way that watching ends.
        }

        return ExitCode.Done;
    }

    private static void Print(Terminal terminal, IReadOnlyList<PipelineStatus> statuses, bool json, bool indented)
    {
        if (json)
            terminal.Out.WriteLine(StatusJson.Write(statuses, indented));
        else if (statuses.Count == 0)
            terminal.Out.WriteLine("no pipeline was started here yet");
        else if (terminal.IsLive)
            terminal.Ansi.Write(StatusTable.Create(statuses));
        else
            StatusText.Write(terminal.Out, statuses);
    }

    private static async Task<IReadOnlyList<PipelineStatus>> ReadAsync(ISiloConnection silo, string? only)
    {
        try
        {
            var names = await silo.Directory.ListAsync();
            if (only is not null && !names.Contains(only))
                throw new CommandFailedException($"no pipeline is called '{only}'; pipelines here: {(names.Length == 0 ? "none" : string.Join(", ", names))}");

            return await Task.WhenAll(names.Where(name => only is null || name == only).Select(name => silo.Pipeline(name).GetStatusAsync()));
        }
        catch (TimeoutException timeout)
        {
            // The operating system takes connections for a process that is stopped or starved, so that connecting tells nothing.
            throw new CommandFailedException($"process {silo.Silo.Pid} ('{silo.Silo.Command}') took the question for its status and gave no answer; is it stopped or short of CPU?", timeout);
        }
    }
}
