using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Starts and stops the silo with its host. Services registered after it start after the silo and stop before it.</summary>
internal sealed class SiloHostedService(
    SiloRuntime silo, SiloLifecycle lifecycle, GatewayServer gateway, IServiceProvider services) : IHostedService, IAsyncDisposable
{
    private bool _started;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var validator in services.GetServices<IConfigurationValidator>()) validator.ValidateConfiguration();
        var collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        if (collection.CollectionAge <= collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException(
                $"GrainCollectionOptions.CollectionAge is {collection.CollectionAge}; it must be longer than CollectionQuantum, {collection.CollectionQuantum}.");
        }

        lifecycle.Subscribe("Silo", ServiceLifecycleStage.RuntimeInitialize, _ => Task.CompletedTask, _ => Run(silo.Die));
        lifecycle.Subscribe("Grains", ServiceLifecycleStage.BecomeActive - 1, _ => Task.CompletedTask, silo.DeactivateAllAsync);
        lifecycle.Subscribe("Activation", ServiceLifecycleStage.BecomeActive, _ => Run(silo.BecomeActive), _ => Run(silo.BeginShutdown));
        lifecycle.Subscribe("Gateway", ServiceLifecycleStage.Active, gateway.StartAsync, gateway.StopAsync);
        foreach (var participant in services.GetServices<ILifecycleParticipant<ISiloLifecycle>>()) participant.Participate(lifecycle);
        _started = true;
        try
        {
            await lifecycle.OnStart(cancellationToken);
        }
        catch
        {
            await StopAsync(new CancellationToken(true));
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_started) return;
        _started = false;
        if (cancellationToken.IsCancellationRequested) silo.Die();
        await lifecycle.OnStop(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started) await StopAsync(new CancellationToken(true));
    }

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
