namespace Bayou.GrainHost;

/// <summary>Something that an activation runs as one request: a call, or the tick of a timer.</summary>
internal abstract class Invocation
{
    private Activation? _activation;
    private Task? _running;

    /// <summary>The next one in the activation's queue.</summary>
    public Invocation? Next;

    /// <summary>Its neighbours among those that the activation is running.</summary>
    public Invocation? PreviousRunning, NextRunning;

    /// <summary>Whether it may run beside any other.</summary>
    public abstract bool AlwaysInterleave { get; }

    /// <summary>Whether it may run beside others that change nothing.</summary>
    public abstract bool ReadOnly { get; }

    /// <summary>Whether it keeps the activation from being idle.</summary>
    public abstract bool KeepsAlive { get; }

    /// <summary>Whether it belongs to one activation, and is dropped rather than handed to another.</summary>
    public abstract bool LocalOnly { get; }

    /// <summary>Whether nobody waits for it any more, so that it need not be started.</summary>
    public abstract bool Abandoned { get; }

    /// <summary>How often it was handed on to a new activation.</summary>
    public int Forwards { get; set; }

    /// <summary>Starts it. Runs on the activation's scheduler.</summary>
    public void Run(Activation activation)
    {
        _activation = activation;
        try
        {
            _running = Invoke(activation);
        }
        catch (Exception exception)
        {
            _running = Task.FromException(exception);
        }

        if (_running.IsCompleted) End();
        else _running.GetAwaiter().UnsafeOnCompleted(End);
    }

    /// <summary>Ends it without running it, or although it is running.</summary>
    public abstract void Reject(Exception exception);

    protected abstract Task Invoke(Activation activation);

    /// <summary>Hands the outcome on.</summary>
    protected abstract void Complete(Task outcome);

    private void End()
    {
        var activation = _activation!;
        var running = _running!;
        _activation = null;
        _running = null;
        if (running.IsFaulted) activation.OnFault(running.Exception!.InnerException!);

        // Before the answer: a caller that has it finds the activation done with the request.
        activation.OnEnded(this);
        Complete(running);
    }
}
