using Orleans.Runtime;

namespace Orleans;

/// <summary>The usual base of grain classes. Instances are made by the host, on the activation's own scheduler.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the activation that is being made.</summary>
    protected Grain() : this(RuntimeContext.Require())
    {
    }

    /// <summary>Takes the given activation.</summary>
    /// <param name="grainContext">The activation.</param>
    /// <param name="grainRuntime">Not used here.</param>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        _ = grainRuntime;
        GrainContext = grainContext;
    }

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain's identity, as text.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Silo;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    private Bayou.GrainHost.Activation Activation => Bayou.GrainHost.Activation.Of(GrainContext);

    /// <summary>Lets the activation go when it has no request in progress; requests that come later go to a new activation.</summary>
    protected void DeactivateOnIdle() => Activation.Deactivate(new DeactivationReason(
        DeactivationReasonCode.ApplicationRequested, "The grain asked for it."));

    /// <summary>Keeps the activation from being collected for being idle.</summary>
    /// <param name="timeSpan">For how long at least; negative takes an earlier call back.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);

    /// <inheritdoc/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
