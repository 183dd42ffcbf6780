namespace Bayou.Simulation.Tests.Host;

/// <summary>
/// Waits until the thread pool has nothing to do. A few steps of the grains go over it (the cancelling of a token, a lock that was contended), and would
/// otherwise come back at a time that no seed decides.
/// </summary>
internal static class PoolIdle
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);
    private static int s_others = int.MaxValue;
    private static long s_overruns;

    /// <summary>How often the pool was not idle within a quarter of a second: by so many steps a run may differ from its replay.</summary>
    public static long Overruns => Interlocked.Read(ref s_overruns);

    public static void Wait()
    {
        if (IsIdle()) return;
        var since = TimeProvider.System.GetTimestamp();
        var spinner = new SpinWait();
        while (!IsIdle())
        {
            spinner.SpinOnce(sleep1Threshold: -1);
            if (TimeProvider.System.GetElapsedTime(since) < s_patience) continue;
            // Nothing of the grains takes so long: the test runner keeps a thread for itself.
            s_others = Busy();
            Interlocked.Increment(ref s_overruns);
            return;
        }
    }

    // A work item is pending until a thread has it, and the thread counts as busy before that: in this order nothing slips through.
    private static bool IsIdle()
    {
        if (ThreadPool.PendingWorkItemCount > 0) return false;
        var busy = Busy();
        if (busy < s_others) s_others = busy;
        return busy <= s_others && ThreadPool.PendingWorkItemCount == 0;
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available;
    }
}
