using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <inheritdoc cref="Request"/>
internal sealed class Request<T>(CallRuntime caller, GrainMethod<T> method, GrainId target, object?[] arguments)
    : Request(caller, method, target, arguments)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _answer.Task;

    public override Task Outcome => _answer.Task;

    public override object? Result => _answer.Task.Result;

    public override void CompleteWith(object? result)
    {
        if (Finish()) _answer.TrySetResult((T)result!);
    }

    protected override Task Invoke(Activation activation)
    {
        StartedOn(activation);
        return method.Invoke(activation.Instance, Arguments);
    }

    protected override void Complete(Task outcome)
    {
        if (Method.OneWay)
        {
            if (outcome.Exception is { } unheard) Caller.OnOneWayFault(this, unheard.InnerException!);
            return;
        }

        if (Interceptor is { } interceptor && !interceptor.Answer(Target, Method.Name, outcome.IsCompletedSuccessfully && typeof(T) != typeof(NoResult) ? ((Task<T>)outcome).Result : null)) return;
        if (!outcome.IsCompletedSuccessfully)
        {
            var exception = outcome.Exception?.InnerException ?? Cancelled(outcome);
            Reject(Caller.Copier is { } copier ? copier.CopyException(exception) : exception);
            return;
        }

        var result = typeof(T) == typeof(NoResult) ? default! : ((Task<T>)outcome).Result;
        if (Caller.Copier is { } resultCopier && typeof(T) != typeof(NoResult))
        {
            try
            {
                result = resultCopier.Copy(result, Caller);
            }
            catch (Exception exception)
            {
                Reject(exception);
                return;
            }
        }

        if (Finish()) _answer.TrySetResult(result);
    }

    protected override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException cancelled)
        {
            _answer.TrySetCanceled(cancelled.CancellationToken);
            return;
        }

        _answer.TrySetException(exception);
        if (Method.OneWay) _ = _answer.Task.Exception;
    }

    private static OperationCanceledException Cancelled(Task outcome)
    {
        try
        {
            outcome.GetAwaiter().GetResult();
            return new OperationCanceledException();
        }
        catch (OperationCanceledException exception)
        {
            return exception;
        }
    }
}
