namespace Bayou.Benchmarks.Measuring;

/// <summary>One run of one contestant: a client that reads a topic, or a pipeline that lands it.</summary>
/// <param name="Name">The contestant.</param>
/// <param name="Records">Records that it took.</param>
/// <param name="Bytes">Bytes of their keys and values.</param>
/// <param name="Cost">What it cost.</param>
internal sealed record RunResult(string Name, long Records, long Bytes, Measurement Cost)
{
    public double RecordsPerSecond => Records / Cost.Seconds;

    public double MegabytesPerSecond => Bytes / Cost.Seconds / 1e6;

    public double UserMicroseconds => Cost.UserSeconds * 1e6 / Records;

    public double SystemMicroseconds => Cost.SystemSeconds * 1e6 / Records;

    public double CpuMicroseconds => UserMicroseconds + SystemMicroseconds;

    public double PeakMegabytes => Cost.PeakResidentBytes / 1e6;

    public double AllocatedBytesPerRecord => (double)Cost.AllocatedBytes / Records;
}
