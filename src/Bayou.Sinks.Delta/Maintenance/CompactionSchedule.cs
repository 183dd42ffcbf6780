namespace Bayou.Sinks.Delta;

/// <summary>
/// Runs the compaction behind the commits: after every <c>compact</c>th, on the host's executor, one run at a time. A run that fails or gives up is
/// tried again after as many commits; no commit waits for it or fails by it.
/// </summary>
internal sealed class CompactionSchedule(ITableStorage storage, SinkContext context, DeltaSinkOptions options) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _commits;
    private Task _running = Task.CompletedTask;

    /// <summary>Begins a run if one is due and none is under way.</summary>
    public void AfterCommit()
    {
        if (options.Compact is not { } every || ++_commits < every || !_running.IsCompleted) return;
        _commits = 0;
        _running = RunAsync(every);
    }

    /// <summary>Ends a run that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(int least)
    {
        try
        {
            await context.Executor.RunAsync(() => new TableCompactor(storage, options, context.Time).Run(least, _stopping.Token), _stopping.Token);
        }
        catch (Exception)
        {
            // Whatever it is, no row depends on it: the small files are still there.
        }
    }
}
