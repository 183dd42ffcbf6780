using Microsoft.Extensions.Logging;
using Orleans;

namespace Bayou.GrainHost;

/// <summary>Starts observers by stage, lowest first, those of one stage together; stops what started in the reverse order.</summary>
internal abstract class LifecycleStages(ILogger logger) : ILifecycleObservable
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private int? _reached;

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, observerName, stage, observer);
        lock (_lock) _subscriptions.Add(subscription);
        return subscription;
    }

    public async Task OnStart(CancellationToken cancellationToken)
    {
        foreach (var stage in Stages(descending: false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _reached = stage.Key;
            await Task.WhenAll(stage.Select(one => Call(one, cancellationToken)));
            HighestCompletedStage = stage.Key;
        }

        static async Task Call(Subscription one, CancellationToken token) => await one.Observer.OnStart(token);
    }

    public async Task OnStop(CancellationToken cancellationToken)
    {
        if (_reached is not { } reached) return;
        foreach (var stage in Stages(descending: true).Where(stage => stage.Key <= reached))
        {
            await Task.WhenAll(stage.Select(Call));
            LowestStoppedStage = stage.Key;
        }

        async Task Call(Subscription one)
        {
            try
            {
                await one.Observer.OnStop(cancellationToken);
            }
            catch (Exception exception)
            {
                logger.LogWarning(exception, "{Observer} failed when stage {Stage} stopped.", one.Name, one.Stage);
            }
        }
    }

    private List<IGrouping<int, Subscription>> Stages(bool descending)
    {
        lock (_lock)
        {
            if (_subscriptions.Count == 0) return [];
            var stages = _subscriptions.GroupBy(one => one.Stage);
            return [.. descending ? stages.OrderByDescending(one => one.Key) : stages.OrderBy(one => one.Key)];
        }
    }

    private sealed class Subscription(LifecycleStages owner, string name, int stage, ILifecycleObserver observer) : IDisposable
    {
        public string Name => name;

        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public void Dispose()
        {
            lock (owner._lock) owner._subscriptions.Remove(this);
        }
    }
}
