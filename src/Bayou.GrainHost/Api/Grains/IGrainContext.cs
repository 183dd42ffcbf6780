using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One activation of a grain.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The instance of the grain class; null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation's identity.</summary>
    ActivationId ActivationId { get; }

    /// <summary>Where the activation is.</summary>
    GrainAddress Address { get; }

    /// <summary>Services; the scoped ones live as long as the activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>The stages that activation goes through.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Runs work as turns of the activation.</summary>
    IWorkItemScheduler Scheduler { get; }

    /// <summary>Completes when the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Lets the activation go when it has no request in progress.</summary>
    /// <param name="deactivationReason">Why.</param>
    /// <param name="cancellationToken">When cancelled, the activation goes without waiting for what it is doing.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
