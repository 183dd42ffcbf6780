namespace Bayou.EndToEnd.Tests.Support;

/// <summary>Waits for an outcome, and says which one did not come.</summary>
internal static class Deadline
{
    /// <summary>The limit for one outcome: a slow machine that runs other things too is no failure.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static Task UntilAsync(string what, Func<bool> holds) => UntilAsync(() => what, () => Task.FromResult(holds()));

    public static async Task UntilAsync(Func<string> what, Func<Task<bool>> holds, TimeSpan? within = null)
    {
        var bound = within ?? Limit;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(bound);
        while (!await holds())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {bound.TotalSeconds:0} s: {what()}.");
            }
        }
    }
}
