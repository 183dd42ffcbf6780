using System.Diagnostics;

namespace Bayou.Benchmarks.Measuring;

/// <summary>Measures this process from when it is made until <see cref="Stop"/>.</summary>
internal sealed class ProcessMeter
{
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly int[] _collections = Collections();
    private readonly Environment.ProcessCpuUsage _cpu = Environment.CpuUsage;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>What it took so far.</summary>
    public Measurement Stop()
    {
        var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        var cpu = Environment.CpuUsage;
        var collections = Collections();
        for (var i = 0; i < collections.Length; i++) collections[i] -= _collections[i];
        return new Measurement(
            seconds, (cpu.UserTime - _cpu.UserTime).TotalSeconds, (cpu.PrivilegedTime - _cpu.PrivilegedTime).TotalSeconds, PeakResidentBytes(),
            GC.GetTotalAllocatedBytes(precise: true) - _allocated, collections);
    }

    private static int[] Collections() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    private static long PeakResidentBytes()
    {
        const string Name = "VmHWM:";
        if (!File.Exists("/proc/self/status")) return 0;
        foreach (var line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith(Name, StringComparison.Ordinal)) return long.Parse(line.AsSpan(Name.Length).TrimEnd("kB ")) * 1024;
        return 0;
    }
}
