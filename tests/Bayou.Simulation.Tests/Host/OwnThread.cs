namespace Bayou.Simulation.Tests.Host;

/// <summary>A thread for one simulation, without the context that the test runner gives its own: turns go on nowhere else.</summary>
internal static class OwnThread
{
    public static Task RunAsync(Action run)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                run();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }) { IsBackground = true }.Start();
        return done.Task;
    }
}
