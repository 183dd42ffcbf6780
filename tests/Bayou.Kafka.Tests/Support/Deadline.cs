namespace Bayou.Kafka.Tests.Support;

/// <summary>Waits for something that has no event of its own.</summary>
internal static class Deadline
{
    public static async Task UntilAsync(string what, Func<bool> holds, int seconds = 20)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!holds())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {seconds} s: {what}.");
            }
        }
    }
}
