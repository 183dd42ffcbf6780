namespace Orleans;

/// <summary>Subscribing with delegates.</summary>
public static class LifecycleExtensions
{
    /// <summary>Adds an observer.</summary>
    /// <param name="observable">The lifecycle.</param>
    /// <param name="observerName">Its name, for logs.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="onStart">Runs when the stage starts.</param>
    /// <param name="onStop">Runs when the stage stops; null: nothing.</param>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable,
        string observerName,
        int stage,
        Func<CancellationToken, Task> onStart,
        Func<CancellationToken, Task>? onStop) =>
        observable.Subscribe(observerName, stage, new Bayou.GrainHost.DelegateObserver(onStart, onStop));

    /// <summary>Adds an observer of the start.</summary>
    /// <param name="observable">The lifecycle.</param>
    /// <param name="observerName">Its name, for logs.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="onStart">Runs when the stage starts.</param>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable, string observerName, int stage, Func<CancellationToken, Task> onStart) =>
        observable.Subscribe(observerName, stage, onStart, null);
}
