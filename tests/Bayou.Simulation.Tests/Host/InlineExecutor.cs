using Bayou.Sinks;

namespace Bayou.Simulation.Tests.Host;

/// <summary>Runs work where it is asked for.</summary>
internal sealed class InlineExecutor : IWorkExecutor
{
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.FromResult(work());
}
