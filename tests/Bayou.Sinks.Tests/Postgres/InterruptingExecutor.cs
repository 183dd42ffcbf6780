namespace Bayou.Sinks.Tests.Postgres;

/// <summary>Runs work at once, and something else before the second piece of it.</summary>
internal sealed class InterruptingExecutor : IWorkExecutor
{
    private int _pieces;

    /// <summary>What runs once, when some rows have been sent and others have not.</summary>
    public Action? Before { get; set; }

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Before is { } before && ++_pieces == 2)
        {
            Before = null;
            before();
        }

        return Task.FromResult(work());
    }
}
