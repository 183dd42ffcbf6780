using System.Diagnostics;

namespace Bayou.Benchmarks.Measuring;

/// <summary>Measures this process from when it is made, or from the process's own start, until <see cref="Stop"/>.</summary>
internal sealed class ProcessMeter
{
    private readonly DateTime _start;
    private readonly long _ticks;
    private readonly long _allocated;
    private readonly int[] _collections = [0, 0, 0];
    private readonly TimeSpan _pauses;
    private readonly Environment.ProcessCpuUsage _cpu;

    /// <summary>Begins to measure.</summary>
    /// <param name="sinceStart">True to count from the start of the process, what the runtime did before any code of ours included.</param>
    public ProcessMeter(bool sinceStart = false)
    {
        if (sinceStart)
        {
            using var process = Process.GetCurrentProcess();
            _start = process.StartTime.ToUniversalTime();
            return;
        }

        (_allocated, _collections, _pauses) = (GC.GetTotalAllocatedBytes(precise: true), Collections(), GC.GetTotalPauseDuration());
        (_cpu, _start, _ticks) = (Environment.CpuUsage, DateTime.UtcNow, Stopwatch.GetTimestamp());
    }

    /// <summary>What it took so far.</summary>
    /// <param name="end">When the work ended, for who learns of it later; now by default.</param>
    public Measurement Stop(DateTime? end = null)
    {
        var seconds = end is null && _ticks != 0 ? Stopwatch.GetElapsedTime(_ticks).TotalSeconds : ((end ?? DateTime.UtcNow) - _start).TotalSeconds;
        var cpu = Environment.CpuUsage;
        var collections = Collections();
        for (var i = 0; i < collections.Length; i++) collections[i] -= _collections[i];
        return new Measurement(
            seconds, (cpu.UserTime - _cpu.UserTime).TotalSeconds, (cpu.PrivilegedTime - _cpu.PrivilegedTime).TotalSeconds, PeakResidentBytes(),
            GC.GetTotalAllocatedBytes(precise: true) - _allocated, collections) { PauseSeconds = (GC.GetTotalPauseDuration() - _pauses).TotalSeconds };
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
