using Orleans.Runtime;

namespace Bayou.GrainHost.Testing;

/// <summary>For tests: one activation of a grain.</summary>
public sealed class GrainActivation
{
    private readonly Activation _activation;

    internal GrainActivation(Activation activation) => _activation = activation;

    /// <summary>The activation.</summary>
    public IGrainContext Context => _activation;

    /// <summary>From now on, calls of the grain go to this activation, where there are several.</summary>
    public void ReceiveCalls() => _activation.Silo.Directory.Prefer(_activation);

    /// <summary>Ends the activation without deactivating it. Calls in progress fail.</summary>
    /// <param name="keepRunning">
    /// Whether its code goes on nevertheless, as that of a process that is only cut off does. Default: it stops at its next await.
    /// </param>
    public void Kill(bool keepRunning = false) => _activation.Kill(keepRunning);
}
