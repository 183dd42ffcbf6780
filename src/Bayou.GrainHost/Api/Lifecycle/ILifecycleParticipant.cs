namespace Orleans;

/// <summary>A service that wants to take part in a lifecycle.</summary>
/// <typeparam name="TLifecycleObservable">Which lifecycle.</typeparam>
public interface ILifecycleParticipant<TLifecycleObservable>
    where TLifecycleObservable : ILifecycleObservable
{
    /// <summary>Subscribes to the stages that the service takes part in.</summary>
    /// <param name="lifecycle">The lifecycle.</param>
    void Participate(TLifecycleObservable lifecycle);
}
