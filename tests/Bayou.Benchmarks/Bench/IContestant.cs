using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Bench;

/// <summary>One way to do the job that is compared.</summary>
internal interface IContestant
{
    /// <summary>Its name in results.</summary>
    string Name { get; }

    /// <summary>Does the job once, in a process of its own, and checks what came of it.</summary>
    /// <exception cref="InvalidOperationException">The run does not count: it failed, or rows are not as they should be.</exception>
    Task<RunResult> RunAsync(CancellationToken cancellationToken);
}
