using Orleans.Runtime;

namespace Orleans;

/// <summary>What the host needs of a grain class. A class may implement it instead of deriving from <see cref="Grain"/>.</summary>
public interface IGrainBase
{
    /// <summary>The activation that the instance belongs to.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first request. If it throws, the activation fails and the waiting callers get the exception.</summary>
    /// <param name="token">Cancelled when activation takes too long.</param>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last request, unless the process or the activation was killed.</summary>
    /// <param name="reason">Why the activation goes.</param>
    /// <param name="token">Cancelled when the host does not wait any longer.</param>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
