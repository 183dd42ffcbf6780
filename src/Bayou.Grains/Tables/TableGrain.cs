using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Grains.Pipelines;
using Bayou.Slices;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Bayou.Grains.Tables;

/// <summary>
/// Owns one table's sink: accepts slices into memory and commits them in groups, one commit at a time. A commit that is fenced, or a sink that
/// differs from what this activation believes, ends the activation; the next one reads the sink. See <see cref="ITableGrain"/>.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class TableGrain(
    SinkRegistry sinks, SliceBudget budget, TimeProvider time, Random random, ILogger<TableGrain> logger) : Grain, ITableGrain
{
    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly AsyncSignal _wake = new();
    private readonly TableCounters _counters = new(time.GetUtcNow());
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), random);
    private readonly List<TaskCompletionSource<bool>> _flushes = [];

    private TableAssignment? _assignment;
    private TableSinks? _committer;
    private AcceptanceLedger? _ledger;
    private TableState _state = TableState.Opening;
    private string? _reason;
    private long _capacity;
    private long _heldSince;
    private long _comparedAt;
    private bool _comparing;
    private bool _committing;
    private bool _refreshWhileOpening;
    private int _commitsBegun;
    private Task _running = Task.CompletedTask;

    private string Pipeline => GrainKeys.ParseTable(this.GetPrimaryKeyString()).Pipeline;

    private string Name => GrainKeys.ParseTable(this.GetPrimaryKeyString()).Table;

    private IPipelineCoordinator Coordinator => GrainFactory.GetGrain<IPipelineCoordinator>(Pipeline);

    private bool IsClosed => _state is TableState.Paused or TableState.Stopped;

    /// <inheritdoc/>
    public Task<AcceptReply> AcceptAsync(Slice slice)
    {
        if (_ledger is null) return Task.FromResult(new AcceptReply(IsClosed ? AcceptAnswer.Closed : AcceptAnswer.NotReady, -1, -1));
        if (IsClosed) return Task.FromResult(_ledger.Ask(new CursorKey(slice.Source, slice.Generation)) with { Answer = AcceptAnswer.Closed });

        var buffered = _ledger.BufferedBytes;
        var wasIdle = !_ledger.HasPending;
        var reply = _ledger.Offer(slice, hasRoom: buffered == 0 || buffered + slice.SizeBytes <= _capacity);
        if (slice.Version > _ledger.Version) _ = CompareWithSinkAsync(force: true);
        if (wasIdle && _ledger.HasPending) _heldSince = time.GetTimestamp();
        if (_ledger.HasPending && (wasIdle || IsDue())) _wake.Set();
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public async Task<AcceptReply> AskAsync(CursorKey key)
    {
        if (_ledger is not null) await CompareWithSinkAsync(force: false);
        var answer = _ledger?.Ask(key) ?? new AcceptReply(AcceptAnswer.NotReady, -1, -1);
        return IsClosed ? answer with { Answer = AcceptAnswer.Closed } : answer;
    }

    /// <inheritdoc/>
    public async Task RefreshAsync(bool again)
    {
        if (_assignment is null)
        {
            // Still opening, perhaps by what it was told before: it asks again at the end.
            _refreshWhileOpening = true;
            return;
        }

        var assignment = await Coordinator.GetTableAssignmentAsync(Name);
        if (assignment is null || IsOutdated(_assignment, assignment) || (again && _state == TableState.Stopped))
        {
            // Reading the sink again is how a table begins; what is not durable comes again from the partitions.
            if (_ledger is not null && _state != TableState.Stopped) await FlushAsync();
            Finish();
            return;
        }

        _assignment = assignment;
        if (_ledger is not null && _state is TableState.Live or TableState.Paused) _state = assignment.Paused ? TableState.Paused : TableState.Live;
        _wake.Set();
    }

    /// <inheritdoc/>
    public async Task<bool> FlushAsync()
    {
        if (_ledger is null || (!_ledger.HasPending && !_committing)) return true;
        if (_state is TableState.Stopped) return false;
        var flushed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _flushes.Add(flushed);
        _wake.Set();
        return await flushed.Task;
    }

    /// <inheritdoc/>
    public Task ReleaseAsync()
    {
        Finish();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SourceLostAsync(TopicPartition partition, OffsetRange lost)
    {
        if (_state != TableState.Stopped)
            Stop($"Offsets {lost} of partition {partition} are gone from the source before table {Name} had them (retention passed its cursor). Nothing more is written to it; set onDataLoss: continue to go on at {lost.Next} and have the range in the ledger.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<TableStatus> GetStatusAsync() => Task.FromResult(new TableStatus
    {
        Name = Name,
        State = _state,
        Reason = _reason,
        Rows = _counters.Rows,
        BytesWritten = _counters.BytesWritten,
        Commits = _counters.Commits,
        RowsPerSecond = _counters.RowsPerSecond(time.GetUtcNow()),
        LastCommit = _counters.LastCommit,
        SinkVersion = _counters.SinkVersion,
        BufferedBytes = _ledger?.BufferedBytes ?? 0,
        Cursors = _ledger is null ? [] : [.. _ledger.Positions
            .OrderBy(position => position.Key.Partition.Topic, StringComparer.Ordinal).ThenBy(position => position.Key.Partition.Partition)
            .Select(position => new CursorStatus { Key = position.Key, NextOffset = position.Durable, AcceptedOffset = position.Accepted })],
        Quarantined = new Dictionary<string, long>(_counters.Quarantined),
        FailedAttempts = _backoff.Attempts,
        Compaction = _committer?.Compaction,
    });

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // In the background: an activation may take 30 s at most, and a sink may be away for longer.
        _running = RunAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        FailFlushes();
        await _running;
        _ledger?.Abandon();
        if (_committer is not null) await _committer.DisposeAsync();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await OpenAsync(stopping);
            while (!stopping.IsCancellationRequested)
            {
                await WaitUntilDueAsync(stopping);
                await CommitHeldAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            Stop(failure.Message);
            LogUnexpected(logger, failure, Name);
        }
    }

    private async Task OpenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            TableAssignment? assignment = null;
            try
            {
                assignment = await Coordinator.GetTableAssignmentAsync(Name);
                if (assignment is null)
                {
                    // Nobody wants this table to run; a late call has woken it.
                    Finish();
                    return;
                }

                _capacity = budget.Share(assignment.TableCount);
                if (_committer is not null) await _committer.DisposeAsync();
                _committer = new TableSinks(sinks, Pipeline, assignment.Table, assignment.Quarantine);
                await _committer.OpenAsync(stopping);
                if (await TableOpening.OpenAsync(_committer, assignment, stopping) is not { } state) continue;
                if (!assignment.Initialized) await Coordinator.TableInitializedAsync(Name);
                if (await AskAgainAsync(assignment) is not { } latest) continue;

                assignment = latest;
                _ledger = new AcceptanceLedger(assignment.Definition.Version, state.Cursors);
                _comparedAt = time.GetTimestamp();
                _assignment = assignment;
                _backoff.Reset();
                (_state, _reason) = (assignment.Paused ? TableState.Paused : TableState.Live, null);
                return;
            }
            catch (SinkException failure) when (failure.Kind == SinkErrorKind.Fatal)
            {
                // The one that was refused: when another is in force by now, the next look at it ends this activation.
                _assignment = assignment;
                Stop(failure.Message);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                await RetryLaterAsync(failure, stopping);
            }
        }
    }

    /// <summary>The assignment that is in force now that the table is open; null when it has to open by another one.</summary>
    private async Task<TableAssignment?> AskAgainAsync(TableAssignment assignment)
    {
        while (_refreshWhileOpening)
        {
            _refreshWhileOpening = false;
            if (await Coordinator.GetTableAssignmentAsync(Name) is not { } latest || IsOutdated(assignment, latest)) return null;
            assignment = latest;
        }

        return assignment;
    }

    private static bool IsOutdated(TableAssignment known, TableAssignment latest) =>
        latest.Revision != known.Revision || latest.Starts.Keys.Any(key => !known.Starts.ContainsKey(key));

    private async Task WaitUntilDueAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            var isPending = _ledger!.HasPending && _state != TableState.Stopped;
            if (isPending && (IsDue() || _flushes.Count > 0)) return;
            if (!_ledger.HasPending) CompleteFlushes();
            var wait = isPending ? _assignment!.Table.Commit.Every - time.GetElapsedTime(_heldSince) : TimeSpan.FromMinutes(1);
            await _wake.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stopping);
        }
    }

    private bool IsDue() =>
        _ledger!.HeldRows >= _assignment!.Table.Commit.Rows
        || _ledger.HeldBytes >= Math.Min(_assignment.Table.Commit.Bytes, _capacity / 2)
        || time.GetElapsedTime(_heldSince) >= _assignment.Table.Commit.Every;

    private async Task CommitHeldAsync(CancellationToken stopping)
    {
        if (_ledger?.TakeGroup() is not { } group) return;
        _heldSince = time.GetTimestamp();
        _committing = true;
        _commitsBegun++;
        try
        {
            while (true)
            {
                try
                {
                    var result = await _committer!.CommitAsync(group, _assignment!.Definition, stopping);
                    if (result.Committed) Committed(group, result);
                    else Fenced();
                    return;
                }
                catch (SinkException failure) when (failure.Kind == SinkErrorKind.Fatal)
                {
                    Stop(failure.Message);
                    FailFlushes();
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
                }
                catch (Exception failure) when (!stopping.IsCancellationRequested)
                {
                    FailFlushes();
                    await RetryLaterAsync(failure, stopping);
                }
            }
        }
        finally
        {
            _committing = false;
        }
    }

    private void Committed(CommitGroup group, CommitResult result)
    {
        _ledger?.Committed(group);
        _counters.Add(Name, group, result, time.GetUtcNow());
        group.Release();
        _backoff.Reset();
        if (_state == TableState.Retrying) (_state, _reason) = (_assignment!.Paused ? TableState.Paused : TableState.Live, null);
    }

    private void Fenced()
    {
        LogFenced(logger, Name);
        Finish();
    }

    private async Task RetryLaterAsync(Exception failure, CancellationToken stopping)
    {
        var wait = _backoff.Next();
        if (_state is TableState.Live or TableState.Opening) _state = TableState.Retrying;
        _reason = $"{failure.Message} Attempt {_backoff.Attempts} failed; the next one comes in {wait.TotalSeconds:0.0} s. Nothing is lost meanwhile.";
        LogRetry(logger, Name, _backoff.Attempts, wait.TotalSeconds, failure.Message);
        await Task.Delay(wait, time, stopping);
    }

    private async Task CompareWithSinkAsync(bool force)
    {
        if (_comparing || _committing || _committer is null || _state == TableState.Stopped) return;
        if (!force && time.GetElapsedTime(_comparedAt) < CompareEvery) return;
        _comparing = true;
        try
        {
            _comparedAt = time.GetTimestamp();
            var begun = _commitsBegun;
            var found = await _committer.ReadStateAsync(_stopping.Token);
            // A commit of our own may have begun, or even ended, while the sink was being read: then this look proves nothing.
            if (_commitsBegun != begun || _ledger is null) return;
            if (found.Definition == _assignment!.Definition && _ledger.Agrees(found)) return;
            LogDiffers(logger, Name);
            Finish();
        }
        catch (Exception failure) when (!_stopping.IsCancellationRequested)
        {
            LogRetry(logger, Name, 0, CompareEvery.TotalSeconds, failure.Message);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Whoever asked is told that this activation knows nothing any more.
        }
        finally
        {
            _comparing = false;
        }
    }

    private void Stop(string reason)
    {
        (_state, _reason) = (TableState.Stopped, reason);
        LogStopped(logger, Name, reason);
    }

    private void Finish()
    {
        _stopping.Cancel();
        _ledger = null;
        FailFlushes();
        DeactivateOnIdle();
    }

    private void CompleteFlushes()
    {
        foreach (var flush in _flushes) flush.TrySetResult(true);
        _flushes.Clear();
    }

    private void FailFlushes()
    {
        foreach (var flush in _flushes) flush.TrySetResult(false);
        _flushes.Clear();
    }

    [LoggerMessage(LogLevel.Warning, "Table {Table} is fenced: its sink was moved by another writer. What this activation held is discarded; the next one reads the sink.")]
    private static partial void LogFenced(ILogger logger, string table);

    [LoggerMessage(LogLevel.Warning, "Table {Table} differs from its sink: another writer has moved it. What this activation held is discarded; the next one reads the sink.")]
    private static partial void LogDiffers(ILogger logger, string table);

    [LoggerMessage(LogLevel.Warning, "Table {Table}: attempt {Attempt} failed, next in {Seconds:0.0} s: {Failure}")]
    private static partial void LogRetry(ILogger logger, string table, int attempt, double seconds, string failure);

    [LoggerMessage(LogLevel.Error, "Table {Table} stops: {Reason}")]
    private static partial void LogStopped(ILogger logger, string table, string reason);

    [LoggerMessage(LogLevel.Error, "Table {Table} stops on an unexpected error")]
    private static partial void LogUnexpected(ILogger logger, Exception failure, string table);
}
