using Bayou.Grains.Hosting;
using Bayou.Grains.Pipelines;
using Bayou.Grains.Tables;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Bayou.Grains.Partitions;

/// <summary>
/// Owns the pull loop of one partition: reads a micro-batch, has it routed to every live table, and goes on when each has accepted its part or has
/// fallen behind. What it keeps are hints; the truth is in the sinks. See <see cref="IPartitionGrain"/>.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class PartitionGrain(
    [PersistentState("partition", BayouStorage.Name)] IPersistentState<PartitionGrainState> state,
    SourceRegistry sources, BayouOptions options, TimeProvider time, Random random, ILogger<PartitionGrain> logger) : Grain, IPartitionGrain
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EmptySliceAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly AsyncSignal _wake = new();
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15), random);
    private readonly long _began = time.GetTimestamp();

    private PartitionAssignment? _assignment;
    private PartitionFeeds? _feeds;
    private BatchDelivery? _delivery;
    private IPartitionReader? _reader;
    private (long Offset, int Epoch) _read = (-1, -1);
    private Watermarks? _watermarks;
    private PartitionState _state = PartitionState.Starting;
    private string? _reason;
    private long _records;
    private bool _routing;
    private bool _refreshWhileStarting;
    private int? _holdingFor;
    private TimeSpan? _endReached;
    private TimeSpan _holdUntil;
    private Task _running = Task.CompletedTask;
    private Task _refreshing = Task.CompletedTask;

    private string Pipeline => GrainKeys.ParsePartition(this.GetPrimaryKeyString()).Pipeline;

    private TopicPartition Partition => GrainKeys.ParsePartition(this.GetPrimaryKeyString()).Partition;

    private IPipelineCoordinator Coordinator => GrainFactory.GetGrain<IPipelineCoordinator>(Pipeline);

    private TimeSpan Now => time.GetElapsedTime(_began);

    /// <inheritdoc/>
    public async Task RefreshAsync(bool again)
    {
        if (_assignment is null)
        {
            // Still starting, perhaps by what it was told before: it asks again at the end.
            _refreshWhileStarting = true;
            return;
        }

        var assignment = await Coordinator.GetPartitionAssignmentAsync(Partition);
        if (assignment is null || assignment.Revision != _assignment.Revision || assignment.Version != _assignment.Version || (again && _state == PartitionState.Stopped))
        {
            await StopAsync();
            return;
        }

        _assignment = assignment;
        _wake.Set();
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        try
        {
            _stopping.Cancel();
            await _running;
            await WriteHintsAsync();
            foreach (var feed in _feeds?.All.Where(feed => !feed.IsLive) ?? [])
                await GrainFactory.GetGrain<ICatchUpGrain>(GrainKeys.CatchUp(Pipeline, feed.Table, Partition)).StopAsync();
        }
        finally
        {
            // Whatever failed: an activation whose loop has ended must not stay.
            DeactivateOnIdle();
        }
    }

    /// <inheritdoc/>
    public async Task<CatchUpDirective> CatchUpProgressAsync(string table, int episode, long delivered, bool near)
    {
        if (_feeds is null || _assignment is null || IndexOf(table) is not (>= 0 and var index)) return default;
        var feed = _feeds.All[index];
        if (feed.IsLive || feed.Episode != episode) return default;
        feed.Delivered = delivered;

        // Pulling ends a hold that took too long, but not while it waits for a record, which may never come.
        if (_holdingFor is not null && Now >= _holdUntil) EndHold();
        if (near && _feeds.MayReturn(index, episode, Now) && _holdingFor is null)
        {
            (_holdingFor, _holdUntil) = (index, Now + HoldLimit);
            _wake.Set();
            // The batch under way is brought to its end first; the position then stands still.
            while (_routing && Now < _holdUntil && !_stopping.IsCancellationRequested)
                await Task.Delay(TimeSpan.FromMilliseconds(2), time);
        }

        var holding = _holdingFor == index && !_routing && Now < _holdUntil;
        if (holding && delivered >= _feeds.Position)
        {
            _feeds.Return(index);
            EndHold();
            LogReturned(logger, table, Partition.ToString(), _feeds.Position);
            return default;
        }

        return new CatchUpDirective { GoOn = true, Position = _feeds.Position, Holding = holding };
    }

    /// <inheritdoc/>
    public async Task RecordLostAsync(OffsetRange lost)
    {
        if (state.State.Lost.Contains(lost)) return;
        state.State.Lost.Add(lost);
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State.Lost.Remove(lost);
            throw;
        }

        LogLost(logger, Partition.ToString(), lost.ToString());
    }

    /// <inheritdoc/>
    public Task<PartitionStatus> GetStatusAsync()
    {
        var watermarks = _reader?.Watermarks ?? _watermarks;
        var next = _feeds?.Position ?? 0;
        // The source is back, and there is just nothing to read: no batch will say so.
        if (_state == PartitionState.Retrying && _reader is { HasAnswered: true }) (_state, _reason) = (PartitionState.Running, null);
        return Task.FromResult(new PartitionStatus
        {
            Partition = Partition,
            State = _state,
            Reason = _reason ?? _feeds?.DescribeBehind(watermarks),
            NextOffset = next,
            LowWatermark = watermarks?.Low ?? -1,
            HighWatermark = watermarks?.High ?? -1,
            Lag = watermarks is { } known && _feeds is not null ? Math.Max(0, known.High - next) : -1,
            Lost = [.. state.State.Lost],
            Records = _records,
            Behind = _feeds is null ? [] : [.. _feeds.All.Where(feed => !feed.IsLive).Select(feed => feed.Table)],
        });
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _running = RunAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        await _running;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var asking = Task.CompletedTask;
        try
        {
            if (!await StartAsync(stopping)) return;
            asking = AskTablesAsync(stopping);
            await PullAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Orleans.Storage.InconsistentStateException failure)
        {
            // Another activation of this partition has written its state, or a write of this one has landed whose answer was lost: the next one reads it.
            LogRetry(logger, Partition.ToString(), 0, 0, failure.Message);
            DeactivateOnIdle();
        }
        catch (Exception failure)
        {
            Stop(failure.Message);
            LogUnexpected(logger, failure, Partition.ToString());
        }
        finally
        {
            await asking;
            if (_reader is not null) await _reader.DisposeAsync();
            _reader = null;
        }
    }

    private async Task<bool> StartAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var assignment = await Coordinator.GetPartitionAssignmentAsync(Partition);
                if (assignment is null)
                {
                    DeactivateOnIdle();
                    return false;
                }

                _reason = "Waits for its tables to open.";
                var opening = new PartitionOpening(GrainFactory, Pipeline, Partition, assignment, time);
                var cursors = await opening.AskCursorsAsync(stopping);
                if (await opening.FindAnotherSourceAsync(await sources.GetAsync(Pipeline, assignment.Source), cursors, stopping) is { } reason)
                {
                    _assignment = assignment;
                    Stop(reason);
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
                }

                var current = state.State.Version == assignment.Version && state.State.Generation == assignment.Generation;
                var hints = assignment.Tables.Select(table => current ? state.State.Hints.GetValueOrDefault(table) : null).ToList();
                _feeds = PartitionFeeds.Start(assignment.Tables, cursors, hints);
                if (!current) state.State.Hints = [];
                _read = state.State.Generation == assignment.Generation ? (state.State.EpochOffset, state.State.LeaderEpoch) : (-1, -1);
                (state.State.Version, state.State.Generation) = (assignment.Version, assignment.Generation);
                _delivery = new BatchDelivery(GrainFactory, Pipeline, Partition, assignment, _feeds, () => Now, time, logger)
                {
                    FellBehind = FellBehind,
                    OtherVersion = RefreshOnce,
                };
                _assignment = assignment;
                _backoff.Reset();
                if (_refreshWhileStarting) RefreshOnce();
                return true;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                await RetryLaterAsync(failure, stopping);
            }
        }
    }

    private async Task PullAsync(CancellationToken stopping)
    {
        foreach (var (feed, index) in _feeds!.All.Select((feed, index) => (feed, index)))
            if (!feed.IsLive) StartCatchUp(index);

        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WaitForTurnAsync(stopping);
                if (_assignment!.End is { } end && _feeds.Position >= end)
                {
                    await CompleteAsync(end, stopping);
                    continue;
                }

                _reader ??= (await sources.GetAsync(Pipeline, _assignment.Source)).OpenReader(Partition, _feeds.Position, ReaderRole.Live, _read.Offset == _feeds.Position ? _read.Epoch : -1);
                if (_state is PartitionState.Starting or PartitionState.Paused or PartitionState.Completed) (_state, _reason) = (PartitionState.Running, null);
                var batch = await _reader.ReadAsync(options.BatchRecords, options.BatchBytes, stopping);
                if (_state == PartitionState.Retrying) (_state, _reason) = (PartitionState.Running, null);
                _backoff.Reset();
                await RouteAsync(batch, stopping);
            }
            catch (SourceException failure) when (!stopping.IsCancellationRequested)
            {
                await ReadFailedAsync(failure, stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested && failure is not Orleans.Storage.InconsistentStateException)
            {
                // What nobody thought of may pass: the reader begins again where everything is accepted.
                if (_reader is not null) await _reader.DisposeAsync();
                _reader = null;
                await RetryLaterAsync(failure, stopping);
            }
        }
    }

    private async Task WaitForTurnAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (_holdingFor is not null && Now >= _holdUntil) EndHold();
            if (_assignment!.Paused) (_state, _reason) = (PartitionState.Paused, "Paused by an operator.");
            else if (_holdingFor is null && _feeds!.All.Any(feed => feed.IsLive)) return;
            await _wake.WaitAsync(_holdingFor is null ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(50), time, stopping);
        }
    }

    private async Task RouteAsync(MicroBatch batch, CancellationToken stopping)
    {
        var end = _assignment!.End is { } bound ? Math.Min(bound, batch.Range.Next) : batch.Range.Next;
        var answered = true;
        while (_feeds!.Position < end)
        {
            stopping.ThrowIfCancellationRequested();
            await WaitForTurnAsync(stopping);
            _routing = true;
            try
            {
                var (next, definite) = await _delivery!.RunAsync(batch, end, stopping);
                answered &= definite;
                _feeds.BatchDone(next);
            }
            finally
            {
                _routing = false;
            }
        }

        _records += batch.Count;
        if (_feeds.Position == batch.Range.Next && _reader is not null) _read = (batch.Range.Next, _reader.LeaderEpoch);
        // A router that did not answer may still be reading the batch; then it is left to the garbage collector.
        if (answered) batch.Release();
    }

    private void FellBehind(int index)
    {
        var feed = _feeds!.All[index];
        LogBehind(logger, feed.Table, Partition.ToString(), feed.Reason ?? "");
        StartCatchUp(index);
    }

    private void StartCatchUp(int index)
    {
        var feed = _feeds!.All[index];
        _ = GrainFactory.GetGrain<ICatchUpGrain>(GrainKeys.CatchUp(Pipeline, feed.Table, Partition)).StartAsync(new CatchUpAssignment
        {
            Source = _assignment!.Source,
            Version = _assignment.Version,
            Generation = _assignment.Generation,
            TableIndex = index,
            Episode = feed.Episode,
        }).ContinueWith(_ => { }, TaskScheduler.Default); // repeated every ten seconds while the table is behind
    }

    private async Task CompleteAsync(long end, CancellationToken stopping)
    {
        // Every cursor is brought to the end, so that nothing is pending and the next run starts there.
        if (_feeds!.All.All(feed => feed.IsLive && feed.Durable >= end))
        {
            if (_state != PartitionState.Completed) await WriteHintsAsync();
            (_state, _reason) = (PartitionState.Completed, null);
            await _wake.WaitAsync(TimeSpan.FromMinutes(1), time, stopping);
            return;
        }

        _reason = "Waits for its tables to commit up to the end.";
        _endReached ??= Now;
        foreach (var (feed, index) in _feeds.All.Select((feed, index) => (feed, index)).Where(entry => entry.feed.IsLive && entry.feed.Durable < end))
            await _delivery!.SendEmptyAsync(index, end);
        // Tables whose policy lets them wait for long are told that nothing more comes.
        if (Now - _endReached > FlushPatience)
        {
            _endReached = Now;
            await Task.WhenAll(_feeds.All.Where(feed => feed.IsLive && feed.Durable < end).Select(feed => Table(feed.Table).FlushAsync()).ToList());
        }

        await _wake.WaitAsync(TimeSpan.FromMilliseconds(100), time, stopping);
    }

    private async Task ReadFailedAsync(SourceException failure, CancellationToken stopping)
    {
        if (_reader is not null) await _reader.DisposeAsync();
        _reader = null;
        switch (failure.Kind)
        {
            case SourceErrorKind.OffsetOutOfRange or SourceErrorKind.Truncated:
                await DataLossAsync(failure, stopping);
                break;
            case SourceErrorKind.TakenOver:
                // Another activation of this partition reads now; this one has nothing more to do.
                DeactivateOnIdle();
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
                break;
            case SourceErrorKind.Fatal or SourceErrorKind.UnknownTopic when !_stopping.IsCancellationRequested:
                Stop(failure.Message);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
                break;
            default:
                await RetryLaterAsync(failure, stopping);
                break;
        }
    }

    private async Task DataLossAsync(SourceException failure, CancellationToken stopping)
    {
        var position = _feeds!.Position;
        var policy = _assignment!.Source.OnDataLoss;
        var decision = failure.Kind == SourceErrorKind.Truncated
            ? DataLossDecision.Truncated(position, failure, policy)
            : DataLossDecision.OutOfRange(Partition, position, await BoundsAsync(stopping), policy);
        if (decision.StopReason is { } reason)
        {
            Stop(reason);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
        }
        else if (decision.Lost is { } lost)
        {
            await RecordLostAsync(lost);
            _read = (-1, -1); // what follows the position is another log
            if (decision.Position > position) _feeds.BatchDone(decision.Position);
        }
        else
        {
            await RetryLaterAsync(failure, stopping);
        }
    }

    private async Task<Watermarks> BoundsAsync(CancellationToken stopping)
    {
        var bounds = await (await sources.GetAsync(Pipeline, _assignment!.Source)).GetWatermarksAsync(Partition, stopping);
        _watermarks = bounds;
        return bounds;
    }

    private async Task AskTablesAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await Task.Delay(AskEvery, time, stopping);
                for (var index = 0; index < _feeds!.All.Count; index++) await AskTableAsync(index);
                await WriteHintsAsync();
            }
        }
        catch (Orleans.Storage.InconsistentStateException failure)
        {
            // Another activation of this partition has written its state: this one is the older.
            LogRetry(logger, Partition.ToString(), 0, 0, failure.Message);
            DeactivateOnIdle();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task AskTableAsync(int index)
    {
        var feed = _feeds!.All[index];
        if (!feed.IsLive)
        {
            StartCatchUp(index);
            return;
        }

        try
        {
            var accepted = feed.Accepted;
            _feeds.Asked(index, accepted, await Table(feed.Table).AskAsync(new CursorKey(Partition, _assignment!.Generation)));
            if (!feed.IsLive) FellBehind(index);
            else if (Now - feed.LastSlice > EmptySliceAfter && !_routing && feed.Accepted < _feeds.Position)
                await _delivery!.SendEmptyAsync(index, _feeds.Position);
        }
        catch (Exception failure)
        {
            // Not heard of for now, whatever the reason; a table that has a slice to take is noticed sooner by that.
            LogUnasked(logger, feed.Table, Partition.ToString(), failure.Message);
        }
    }

    private async Task WriteHintsAsync()
    {
        if (_feeds is null) return;
        var hints = _feeds.Hints(state.State.Hints);
        var same = hints.Count == state.State.Hints.Count && hints.All(hint => state.State.Hints.GetValueOrDefault(hint.Key) == hint.Value);
        if (state.RecordExists && same && _read == (state.State.EpochOffset, state.State.LeaderEpoch)) return;
        var before = (state.State.Hints, state.State.EpochOffset, state.State.LeaderEpoch);
        try
        {
            state.State.Hints = hints;
            (state.State.EpochOffset, state.State.LeaderEpoch) = _read;
            await state.WriteStateAsync();
        }
        catch (Exception failure) when (failure is not Orleans.Storage.InconsistentStateException)
        {
            // A hint only saves time; the one before is as true.
            (state.State.Hints, state.State.EpochOffset, state.State.LeaderEpoch) = before;
            LogHints(logger, Partition.ToString(), failure.Message);
        }
    }

    private async Task RetryLaterAsync(Exception failure, CancellationToken stopping)
    {
        var wait = _backoff.Next();
        (_state, _reason) = (PartitionState.Retrying, $"{failure.Message} Attempt {_backoff.Attempts} failed; the next one comes in {wait.TotalSeconds:0.0} s.");
        LogRetry(logger, Partition.ToString(), _backoff.Attempts, wait.TotalSeconds, failure.Message);
        await Task.Delay(wait, time, stopping);
    }

    private void Stop(string reason)
    {
        (_state, _reason) = (PartitionState.Stopped, reason);
        LogStopped(logger, Partition.ToString(), reason);
    }

    private void EndHold()
    {
        _holdingFor = null;
        _wake.Set();
    }

    private void RefreshOnce()
    {
        if (_refreshing.IsCompleted) _refreshing = RefreshAsync(again: false);
    }

    private int IndexOf(string table) => Array.IndexOf(_assignment!.Tables, table);

    private ITableGrain Table(string table) => GrainFactory.GetGrain<ITableGrain>(GrainKeys.Table(Pipeline, table));

    [LoggerMessage(LogLevel.Information, "Table {Table} is live again in {Partition} at {Offset}")]
    private static partial void LogReturned(ILogger logger, string table, string partition, long offset);

    [LoggerMessage(LogLevel.Information, "Table {Table} falls behind in {Partition}: it {Reason}. It is fed from its own cursor until it has caught up")]
    private static partial void LogBehind(ILogger logger, string table, string partition, string reason);

    [LoggerMessage(LogLevel.Debug, "Table {Table} could not be asked where it stands in {Partition}: {Failure}")]
    private static partial void LogUnasked(ILogger logger, string table, string partition, string failure);

    [LoggerMessage(LogLevel.Warning, "Partition {Partition}: attempt {Attempt} failed, next in {Seconds:0.0} s: {Failure}")]
    private static partial void LogRetry(ILogger logger, string partition, int attempt, double seconds, string failure);

    [LoggerMessage(LogLevel.Warning, "Partition {Partition}: its hints could not be written and stay as they were: {Failure}")]
    private static partial void LogHints(ILogger logger, string partition, string failure);

    [LoggerMessage(LogLevel.Error, "Partition {Partition}: offsets {Range} are lost in the source, and reading goes on behind them")]
    private static partial void LogLost(ILogger logger, string partition, string range);

    [LoggerMessage(LogLevel.Error, "Partition {Partition} stops: {Reason}")]
    private static partial void LogStopped(ILogger logger, string partition, string reason);

    [LoggerMessage(LogLevel.Error, "Partition {Partition} stops on an unexpected error")]
    private static partial void LogUnexpected(ILogger logger, Exception failure, string partition);
}
