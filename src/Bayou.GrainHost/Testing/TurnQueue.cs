using Orleans.Runtime;

namespace Bayou.GrainHost.Testing;

/// <summary>For tests: where the turns of activations run. Registered as a service of a silo, it replaces the thread pool there, and is asked again for every turn.</summary>
public abstract class TurnQueue
{
    /// <summary>An activation of <paramref name="grain"/> has turns to run: <paramref name="turns"/> is to be executed once, at any time, and not beside itself.</summary>
    public abstract void Add(GrainId grain, IThreadPoolWorkItem turns);
}
