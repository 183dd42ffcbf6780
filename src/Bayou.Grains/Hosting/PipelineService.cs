using Bayou.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bayou.Grains.Hosting;

/// <summary>
/// In every silo: revives the pipelines that should run, at the start and every few seconds, and drains them before the silo stops. Registered after the
/// silo, so that it starts later and stops earlier.
/// </summary>
internal sealed partial class PipelineService(IGrainFactory grains, BayouOptions options, TimeProvider time, ILogger<PipelineService> logger) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Task.WhenAll((await ListAsync()).Select(name => grains.GetGrain<IPipelineGrain>(name).DrainAsync())).WaitAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            LogDrain(logger, failure.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await ReviveAsync();
                await Task.Delay(options.ReviveEvery, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ReviveAsync()
    {
        try
        {
            await Task.WhenAll((await ListAsync()).Select(ReviveAsync));
        }
        catch (Exception failure)
        {
            LogRevive(logger, "all", failure.Message);
        }
    }

    private async Task ReviveAsync(string pipeline)
    {
        try
        {
            await grains.GetGrain<IPipelineGrain>(pipeline).ReviveAsync();
        }
        catch (Exception failure)
        {
            LogRevive(logger, pipeline, failure.Message);
        }
    }

    private Task<string[]> ListAsync() => grains.GetGrain<IPipelineDirectoryGrain>(IPipelineDirectoryGrain.Key).ListAsync();

    [LoggerMessage(LogLevel.Warning, "Pipeline {Pipeline} could not be revived, and is tried again: {Failure}")]
    private static partial void LogRevive(ILogger logger, string pipeline, string failure);

    [LoggerMessage(LogLevel.Warning, "Pipelines were not drained to the end, so that what was not committed is read again at the next start: {Failure}")]
    private static partial void LogDrain(ILogger logger, string failure);
}
