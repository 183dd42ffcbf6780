using Bayou.Status;

namespace Bayou.Sinks.Delta;

/// <summary>
/// Runs the compaction behind the commits: after every <c>compact</c>th, on the host's executor, one run at a time. A run that fails or gives up is
/// tried again after as many commits; no commit waits for it or fails by it.
/// </summary>
internal sealed class CompactionSchedule(ITableStorage storage, SinkContext context, DeltaSinkOptions options) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private volatile CompactionStatus _status = new();
    private int _commits;
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>What was done so far; null when nothing is to be.</summary>
    public CompactionStatus? Status => options.Compact is null ? null : _status with { IsRunning = !_running.IsCompleted };

    /// <summary>Begins a run if one is due and none is under way.</summary>
    public void AfterCommit()
    {
        if (options.Compact is not { } every || ++_commits < every || !_running.IsCompleted) return;
        _commits = 0;
        _running = RunAsync(every);
    }

    /// <summary>Ends a run that is under way. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(int least)
    {
        try
        {
            await context.Executor.RunBehindAsync(() => new TableCompactor(storage, options, context.Time, Count).Run(least, _stopping.Token), _stopping.Token);
            _status = _status with { Runs = _status.Runs + 1, LastFailure = null };
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The table goes; whoever has it next begins again.
        }
        catch (Exception exception)
        {
            // Whatever it is, no row depends on it: the small files are still there.
            _status = _status with { Failures = _status.Failures + 1, LastFailure = exception.Message };
        }
    }

    // Counted merge by merge, because a run that fails later has made its commits all the same.
    private void Count(CompactionResult merge) => _status = _status with
    {
        FilesBefore = _status.FilesBefore + merge.FilesRemoved,
        FilesAfter = _status.FilesAfter + merge.Commits,
        Conflicts = _status.Conflicts + merge.GaveUp,
    };
}
