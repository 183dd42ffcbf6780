namespace Orleans;

/// <summary>Takes part in the start and stop of something that has stages.</summary>
public interface ILifecycleObserver
{
    /// <summary>Runs when the stage starts. Throwing ends the start.</summary>
    /// <param name="cancellationToken">Cancelled when the start is given up.</param>
    Task OnStart(CancellationToken cancellationToken = default);

    /// <summary>Runs when the stage stops, if it had started.</summary>
    /// <param name="cancellationToken">Cancelled when the stop must not take longer.</param>
    Task OnStop(CancellationToken cancellationToken = default);
}
