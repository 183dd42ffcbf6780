namespace Bayou.Grains.Hosting;

/// <summary>Cancelling from a grain.</summary>
internal static class CancellationTurn
{
    /// <summary>
    /// Cancels on a turn of its own of the grain that calls: what is cancelled then neither goes on in the middle of the caller's turn nor beside it on another
    /// thread.
    /// </summary>
    public static Task CancelOnTurnAsync(this CancellationTokenSource source) => Task.Factory.StartNew(
        static state => ((CancellationTokenSource)state!).Cancel(), source, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
}
