using Orleans;

namespace Bayou.GrainHost;

/// <summary>A lifecycle observer made of delegates.</summary>
internal sealed class DelegateObserver(Func<CancellationToken, Task> onStart, Func<CancellationToken, Task>? onStop) : ILifecycleObserver
{
    public Task OnStart(CancellationToken cancellationToken = default) => onStart(cancellationToken);

    public Task OnStop(CancellationToken cancellationToken = default) => onStop?.Invoke(cancellationToken) ?? Task.CompletedTask;
}
