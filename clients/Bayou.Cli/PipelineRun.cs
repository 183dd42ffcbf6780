using Bayou.Console;
using Bayou.Console.Rendering;
using Bayou.Definitions;
using Bayou.Pipelines;
using Bayou.Status;

namespace Bayou.Cli;

/// <summary>Starts one pipeline on a silo of this process and shows it until it ends.</summary>
internal sealed class PipelineRun(CliContext context, IGrainFactory grains, PipelineDefinition definition)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly IPipelineGrain _pipeline = grains.GetGrain<IPipelineGrain>(definition.Name);

    /// <summary>Starts it; the decision is durable when this returns.</summary>
    public Task<StartResult> StartAsync() => _pipeline.StartAsync(definition);

    /// <summary>Shows progress until the pipeline is completed, failed or stopped; null when <paramref name="stopping"/> came first.</summary>
    public async Task<PipelineStatus?> WatchAsync(CancellationToken stopping)
    {
        await using var live = LiveStatus.Create(context.Terminal);
        using var timer = new PeriodicTimer(Interval, context.Time);
        while (true)
        {
            var status = await _pipeline.GetStatusAsync();
            live.Show([status]);
            if (status.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped)
                return status;

            try
            {
                await timer.WaitForNextTickAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <summary>Prints the end and returns the exit code for it.</summary>
    public int Report(PipelineStatus end)
    {
        if (end.State == PipelineState.Failed)
            throw new CommandFailedException($"pipeline {end.Name} failed: {Terminal.Safe(end.Reason ?? "no reason was given")}");

        // A stopped pipeline has no partitions and rows to show.
        if (end.State == PipelineState.Stopped)
            context.Terminal.Error.WriteLine($"pipeline {end.Name} is stopped; to go on: {context.CommandLine}");
        else
            StatusText.Write(context.Terminal.Out, [end]);
        return ExitCode.Done;
    }
}
