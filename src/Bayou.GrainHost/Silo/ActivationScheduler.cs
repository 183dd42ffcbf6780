using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Runs the turns of one activation, one at a time and in order, on the thread pool unless a test has said where.</summary>
internal sealed class ActivationScheduler(Activation activation, ILogger logger) : TaskScheduler, IThreadPoolWorkItem
{
    // Turns that run before other activations get the thread.
    private const int Quantum = 64;
    private static readonly Action<object?> s_drain = static state => ((ActivationScheduler)state!).Drain();
    private readonly Lock _lock = new();
    private readonly Queue<object> _queue = new();
    private bool _scheduled;
    private bool _stopped;

    public override int MaximumConcurrencyLevel => 1;

    public void Enqueue(Action action) => Add(action);

    /// <summary>Drops all turns, now and later: what a crash does.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            _queue.Clear();
        }
    }

    // The turns run inside a task of this scheduler, so that their awaits come back to it.
    void IThreadPoolWorkItem.Execute()
    {
        var before = RuntimeContext.Swap(activation);
        try
        {
            new Task(s_drain, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
        }
        finally
        {
            RuntimeContext.Swap(before);
        }
    }

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_lock) return [.. _queue.OfType<Task>()];
    }

    private void Add(object turn)
    {
        lock (_lock)
        {
            if (_stopped) return;
            _queue.Enqueue(turn);
            if (_scheduled) return;
            _scheduled = true;
        }

        Dispatch(preferLocal: true);
    }

    private void Drain()
    {
        for (var count = 0; ; count++)
        {
            object? turn;
            lock (_lock)
            {
                if (!_queue.TryPeek(out turn))
                {
                    _scheduled = false;
                    return;
                }

                if (count >= (activation.Silo.Turns is null ? Quantum : 1)) break;
                _queue.Dequeue();
            }

            Execute(turn);
        }

        Dispatch(preferLocal: false);
    }

    private void Dispatch(bool preferLocal)
    {
        if (activation.Silo.Turns is { } turns) turns.Add(activation.GrainId, this);
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal);
    }

    private void Execute(object turn)
    {
        if (turn is Task task)
        {
            TryExecuteTask(task);
            return;
        }

        try
        {
            ((Action)turn)();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A turn of {Grain} failed.", activation.GrainId);
        }
    }
}
