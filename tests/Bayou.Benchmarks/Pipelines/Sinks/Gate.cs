namespace Bayou.Benchmarks.Pipelines.Sinks;

/// <summary>Holds whoever comes while it is closed, until it is opened. Open at first.</summary>
internal sealed class Gate
{
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Gate() => Open();

    /// <summary>Holds whoever comes from now on.</summary>
    public void Close() => Volatile.Write(ref _opened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Lets everybody through.</summary>
    public void Open() => Volatile.Read(ref _opened).TrySetResult();

    /// <summary>Returns when it is open.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Volatile.Read(ref _opened).Task.WaitAsync(cancellationToken);
}
