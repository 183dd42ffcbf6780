using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>A call on its way: who asks for what, and whether the caller still waits.</summary>
internal abstract class Request(CallRuntime caller, GrainMethod method, GrainId target, object?[] arguments) : Invocation
{
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _registration;
    private Activation? _callee;
    private int _done;

    /// <summary>Its neighbours among the caller's requests with the same time-out.</summary>
    public Request? Earlier, Later;

    /// <summary>When the caller gives up, in ticks of the caller's clock.</summary>
    public long Deadline;

    /// <summary>The caller's requests with the same time-out; null when this is not among them.</summary>
    public TimeoutQueue? Queue;

    public CallRuntime Caller { get; } = caller;

    public GrainMethod Method { get; } = method;

    public GrainId Target { get; } = target;

    public object?[] Arguments { get; set; } = arguments;

    /// <summary>The silo in this process that a client sent it to.</summary>
    public SiloRuntime? Home { get; set; }

    /// <summary>For tests: asked whether the answer arrives.</summary>
    public Testing.CallInterceptor? Interceptor { get; set; }

    /// <summary>Told that the caller cancelled, when the callee is in another process.</summary>
    public Action? CancelRemote { get; set; }

    /// <summary>Told when it is answered, or given up.</summary>
    public Action? Finished { get; set; }

    public override bool AlwaysInterleave => Method.AlwaysInterleave;

    public override bool ReadOnly => Method.ReadOnly;

    public override bool KeepsAlive => true;

    public override bool LocalOnly => false;

    public override bool Abandoned => Volatile.Read(ref _done) != 0 && Caller.Messaging.DropExpiredMessages;

    /// <summary>The result as an object, once there is one.</summary>
    public abstract object? Result { get; }

    public abstract Task Outcome { get; }

    /// <summary>Sends it, as the caller's runtime does.</summary>
    /// <exception cref="OperationCanceledException">Its token is cancelled already.</exception>
    public void Send()
    {
        if (Method.CancellationIndex >= 0) PrepareCancellation();
        if (!Method.OneWay) Caller.Timeouts.Add(this, Method.ResponseTimeout ?? Caller.Messaging.ResponseTimeout);
        try
        {
            Caller.Dispatch(this);
        }
        catch (Exception exception)
        {
            Reject(exception);
        }
    }

    public override void Reject(Exception exception)
    {
        if (Finish()) Fail(exception);
    }

    /// <summary>The caller gives up.</summary>
    public void TimeOut(TimeSpan after)
    {
        if (!Finish()) return;
        Fail(new TimeoutException(
            $"{Method.Name} of {Target} did not answer within {after}. Whether it did its work is unknown; it may still be at it."));
        if (Caller.Messaging.CancelRequestOnTimeout) CancelCallee();
    }

    /// <summary>Takes an answer from another process.</summary>
    public abstract void CompleteWith(object? result);

    /// <summary>Cancels the token that the callee was given.</summary>
    public void CancelCallee()
    {
        CancelRemote?.Invoke();
        if (_cancellation is not { } cancellation) return;
        if (_callee is { } callee) callee.QueueAction(cancellation.Cancel);
        else cancellation.Cancel();
    }

    /// <summary>Gives the callee a token that a caller in another process cancels.</summary>
    public void AllowRemoteCancellation()
    {
        if (Method.CancellationIndex < 0) return;
        _cancellation = new CancellationTokenSource();
        Arguments[Method.CancellationIndex] = _cancellation.Token;
    }

    /// <summary>Marks it as answered; false when it was before.</summary>
    protected bool Finish()
    {
        if (Interlocked.Exchange(ref _done, 1) != 0) return false;
        Queue?.Remove(this);
        _registration.Dispose();
        Finished?.Invoke();
        return true;
    }

    protected abstract void Fail(Exception exception);

    protected void StartedOn(Activation callee) => _callee = callee;

    private void PrepareCancellation()
    {
        var token = (CancellationToken)Arguments[Method.CancellationIndex]!;
        token.ThrowIfCancellationRequested();
        if (!token.CanBeCanceled && !Caller.Messaging.CancelRequestOnTimeout) return;
        _cancellation = new CancellationTokenSource();
        Arguments[Method.CancellationIndex] = _cancellation.Token;
        _registration = token.UnsafeRegister(
            static (state, cancelled) =>
            {
                var request = (Request)state!;
                request.CancelCallee();
                if (!request.Caller.Messaging.WaitForCancellationAcknowledgement) request.Reject(new OperationCanceledException(cancelled));
            },
            this);
    }
}
