namespace Bayou.Sinks.Tests.Delta;

/// <summary>Runs work at once, on the caller's thread.</summary>
internal sealed class InlineExecutor : IWorkExecutor
{
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(work());
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
