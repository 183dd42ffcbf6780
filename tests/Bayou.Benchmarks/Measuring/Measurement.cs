namespace Bayou.Benchmarks.Measuring;

/// <summary>What a stretch of work cost this process.</summary>
/// <param name="Seconds">Time.</param>
/// <param name="UserSeconds">CPU time in user mode, all threads together.</param>
/// <param name="SystemSeconds">CPU time in the kernel.</param>
/// <param name="PeakResidentBytes">Most memory that the process ever had resident, from its start on; 0 where the system does not tell.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
/// <param name="Collections">Garbage collections of generation 0, 1 and 2; each counts in the lower ones, too.</param>
internal sealed record Measurement(double Seconds, double UserSeconds, double SystemSeconds, long PeakResidentBytes, long AllocatedBytes, int[] Collections)
{
    /// <summary>Seconds that the garbage collector held all threads.</summary>
    public double PauseSeconds { get; init; }
}
