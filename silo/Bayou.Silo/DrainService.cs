using Bayou.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bayou.Silo;

/// <summary>Commits what the pipelines have accepted when the silo stops. Registered behind the grain host, so that it is stopped before it.</summary>
internal sealed class DrainService(IGrainFactory grains, ILogger<DrainService> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pipelines = await grains.GetGrain<IPipelineDirectoryGrain>(IPipelineDirectoryGrain.Key).ListAsync();
            await Task.WhenAll(pipelines.Select(name => grains.GetGrain<IPipelineGrain>(name).DrainAsync())).WaitAsync(cancellationToken);
        }
        catch (Exception error)
        {
            // Nothing is lost: what was not committed is read again. So the silo goes down all the same.
            logger.LogWarning(error, "Draining did not finish; the next start reads again from what is committed");
        }
    }
}
