using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>What a grain reaches of its silo.</summary>
public interface IGrainRuntime
{
    /// <summary>The silo's address, as text.</summary>
    string SiloIdentity { get; }

    /// <summary>The silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Makes references.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Makes timers.</summary>
    ITimerRegistry TimerRegistry { get; }

    /// <summary>The silo's services.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The silo's clock.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Lets the activation go when it has no request in progress.</summary>
    /// <param name="grainContext">The activation.</param>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps the activation from being collected for being idle.</summary>
    /// <param name="grainContext">The activation.</param>
    /// <param name="timeSpan">For how long at least.</param>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}
