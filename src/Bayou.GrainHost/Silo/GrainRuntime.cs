using Orleans;
using Orleans.Runtime;
using Orleans.Timers;

namespace Bayou.GrainHost;

/// <summary>What a grain reaches of its silo.</summary>
internal sealed class GrainRuntime(SiloRuntime silo, ITimerRegistry timers) : IGrainRuntime
{
    public string SiloIdentity => silo.Address.ToString();

    public SiloAddress SiloAddress => silo.Address;

    public IGrainFactory GrainFactory => silo;

    public ITimerRegistry TimerRegistry => timers;

    public IServiceProvider ServiceProvider => silo.ServiceProvider;

    public TimeProvider TimeProvider => silo.Time;

    public void DeactivateOnIdle(IGrainContext grainContext) => grainContext.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked for it."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => Activation.Of(grainContext).DelayDeactivation(timeSpan);
}
