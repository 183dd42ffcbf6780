namespace Orleans;

/// <summary>Something that starts in stages, lowest first, and stops in the reverse order.</summary>
public interface ILifecycleObservable
{
    /// <summary>Adds an observer.</summary>
    /// <param name="observerName">Its name, for logs.</param>
    /// <param name="stage">The stage that it takes part in.</param>
    /// <param name="observer">The observer.</param>
    /// <returns>Takes the observer out again.</returns>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}
