using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.GrainHost;

/// <summary>Makes the states that grain constructors ask for.</summary>
internal sealed class PersistentStateFactory : IPersistentStateFactory
{
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        var storage = string.IsNullOrWhiteSpace(config.StorageName)
            ? context.ActivationServices.GetService<IGrainStorage>()
            : context.ActivationServices.GetKeyedService<IGrainStorage>(config.StorageName);
        if (storage is null)
        {
            throw new BadProviderConfigException(string.IsNullOrWhiteSpace(config.StorageName)
                ? $"There is no default storage for state \"{config.StateName}\" of grain type {context.GrainId.Type}."
                : $"There is no storage named \"{config.StorageName}\" for state \"{config.StateName}\" of grain type {context.GrainId.Type}.");
        }

        var state = new PersistentState<TState>(config.StateName, Activation.Of(context), storage);
        context.ObservableLifecycle.Subscribe($"State {config.StateName}", GrainLifecycleStage.SetupState, state);
        return state;
    }
}
