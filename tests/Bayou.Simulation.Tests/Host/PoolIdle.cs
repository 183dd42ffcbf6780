namespace Bayou.Simulation.Tests.Host;

/// <summary>
/// Waits until the thread pool has nothing to do. A few steps of the grains go over it (the cancelling of a token, a lock that was contended), and would
/// otherwise come back at a time that no seed decides.
/// </summary>
internal static class PoolIdle
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(20);
    private static int s_baseline = -1;
    private static long s_overruns;

    /// <summary>How often the pool was not idle within 20 ms: by so many steps a run may differ from its replay.</summary>
    public static long Overruns => Interlocked.Read(ref s_overruns);

    /// <summary>Threads that the test runner keeps in the pool are not waited for. Called before the first simulation, while it is calm.</summary>
    public static void Calibrate()
    {
        if (s_baseline >= 0) return;
        var least = int.MaxValue;
        for (var look = 0; look < 50; look++)
        {
            least = Math.Min(least, Busy());
            Thread.Sleep(1);
        }

        s_baseline = least;
    }

    public static void Wait()
    {
        if (IsIdle()) return;
        var since = TimeProvider.System.GetTimestamp();
        var spinner = new SpinWait();
        while (!IsIdle())
        {
            spinner.SpinOnce(sleep1Threshold: -1);
            if (TimeProvider.System.GetElapsedTime(since) < s_patience) continue;
            Interlocked.Increment(ref s_overruns);
            return;
        }
    }

    // A work item is pending until a thread has it, and the thread counts as busy before that: in this order nothing slips through.
    private static bool IsIdle() => ThreadPool.PendingWorkItemCount == 0 && Busy() <= s_baseline && ThreadPool.PendingWorkItemCount == 0;

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available;
    }
}
