using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Grains.Partitions;
using Bayou.Grains.Routing;
using Bayou.Grains.Tables;
using Bayou.Pipelines;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Bayou.Grains.Pipelines;

/// <summary>
/// Owns a pipeline's definition and its versions, whether it should run, and which partitions it has; starts, revives and stops the grains that do the
/// work. Every decision is stored before a call returns. See <see cref="IPipelineGrain"/> and <see cref="IPipelineCoordinator"/>.
/// </summary>
[KeepAlive]
internal sealed partial class PipelineGrain(
    [PersistentState("pipeline", BayouStorage.Name)] IPersistentState<PipelineGrainState> state,
    SourceRegistry sources, SinkRegistry sinks, DefinitionTakeOver takeOver, BayouOptions options, TimeProvider time, ILogger<PipelineGrain> logger) : Grain, IPipelineGrain, IPipelineCoordinator
{
    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private bool _draining;
    private string? _failure;
    private string? _trouble;
    private DateTimeOffset? _started;
    private Task _working = Task.CompletedTask;

    private Task _updating = Task.CompletedTask;
    private PipelineGrainState? _before;

    private string Name => this.GetPrimaryKeyString();

    private PipelineGrainState Stored => _before ?? state.State;

    private PipelineDefinition Definition => Stored.Definitions[Stored.Version];

    private bool IsRunning => Stored is { ShouldRun: true, Version: > 0, TakingOverTo: 0 } && !_draining && _failure is null;

    private IEnumerable<TableDefinition> Tables => Definition.Tables.Append(QuarantineTable.Create(Definition.Quarantine));

    private IEnumerable<TopicPartition> Partitions =>
        Stored.Partitions.Values.OrderBy(start => start.Topic, StringComparer.Ordinal).ThenBy(start => start.Partition).Select(start => new TopicPartition(start.Topic, start.Partition));

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync(PipelineDefinition definition)
    {
        var fingerprint = DefinitionFingerprint.Compute(definition);
        var before = Stored.Version;
        var found = await LookAtSourceAsync(definition);
        var change = before == 0
            ? await FirstVersionAsync(definition, fingerprint, found)
            : await NextVersionAsync(definition, fingerprint);
        await UpdateAsync(next =>
        {
            change(next);
            SetPartitions(next, found);
            next.ShouldRun = true;
        });
        await GrainFactory.GetGrain<IPipelineDirectoryGrain>(IPipelineDirectoryGrain.Key).AddAsync(Name);

        (_failure, _draining, _started) = (null, false, time.GetUtcNow());
        Work(again: true);
        var version = Stored.TakingOverTo == 0 ? Stored.Version : Stored.TakingOverTo;
        return new StartResult { Version = version, NewVersion = before != 0 && version != before, Paused = Stored.Paused, PausedTables = [.. Stored.PausedTables.Order()] };
    }

    /// <inheritdoc/>
    public async Task<PipelineStatus> GetStatusAsync()
    {
        var current = Stored;
        if (current.Version == 0) return new PipelineStatus { Name = Name, State = PipelineState.Unknown, Reason = "Nothing was ever started under this name.", Time = time.GetUtcNow() };
        var (tables, partitions) = (Array.Empty<TableStatus>(), Array.Empty<PartitionStatus>());
        if (current.ShouldRun && current.TakingOverTo == 0 && !(_draining && _working.IsCompleted))
        {
            var asked = Task.WhenAll(Tables.Select(table => PipelineStatuses.AskAsync(table.Name, Table(table.Name))).ToList());
            partitions = await Task.WhenAll(Partitions.Select(partition => PipelineStatuses.AskAsync(partition, Partition(partition))).ToList());
            tables = await asked;
        }

        var (pipelineState, reason) = StateOf(tables, partitions);
        return new PipelineStatus
        {
            Name = Name,
            State = pipelineState,
            Reason = reason,
            DefinitionVersion = current.Version,
            Time = time.GetUtcNow(),
            Started = _started,
            Tables = [.. tables.Select(table => PipelineStatuses.WithBehind(table, partitions))],
            Partitions = partitions,
        };
    }

    /// <inheritdoc/>
    public Task PauseAsync(string? table) => SetPausedAsync(table, true);

    /// <inheritdoc/>
    public Task ResumeAsync(string? table) => SetPausedAsync(table, false);

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        if (Stored.Version == 0) throw new PipelineException($"There is no pipeline {Name}.");
        await UpdateAsync(next => next.ShouldRun = false);
        _draining = true;
        Work();
    }

    /// <inheritdoc/>
    public async Task DrainAsync()
    {
        if (Stored.Version == 0) return;
        _draining = true;
        Work();
        await _working;
        // Whoever activates it next, in a silo that lives on, finds it as it should be: running.
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public Task ReviveAsync()
    {
        if (Stored.ShouldRun && !_draining && _working.IsCompleted) Work();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<PipelineDefinition?> GetDefinitionAsync(int version) => Task.FromResult(Stored.Definitions.GetValueOrDefault(version));

    /// <inheritdoc/>
    public Task<TableAssignment?> GetTableAssignmentAsync(string table)
    {
        var current = Stored;
        if (!IsRunning || Tables.FirstOrDefault(each => each.Name == table) is not { } definition) return Task.FromResult<TableAssignment?>(null);
        var own = current.TableStarts.GetValueOrDefault(table);
        return Task.FromResult<TableAssignment?>(new TableAssignment
        {
            Table = definition,
            Quarantine = Definition.Quarantine,
            Definition = new DefinitionStamp { Version = current.Version, Fingerprint = DefinitionFingerprint.Compute(Definition) },
            Revision = current.Revision,
            Starts = current.Partitions.ToDictionary(
                start => new CursorKey(new TopicPartition(start.Value.Topic, start.Value.Partition), start.Value.Generation),
                start => own?.GetValueOrDefault(start.Key, start.Value.Start) ?? start.Value.Start),
            Sources = [.. current.Sources],
            Paused = current.Paused || current.PausedTables.Contains(table),
            Initialized = current.InitializedTables.Contains(table),
            TableCount = Definition.Tables.Length,
        });
    }

    /// <inheritdoc/>
    public Task TableInitializedAsync(string table) =>
        Stored.InitializedTables.Contains(table) ? Task.CompletedTask : UpdateAsync(next => next.InitializedTables.Add(table));

    /// <inheritdoc/>
    public Task<PartitionAssignment?> GetPartitionAssignmentAsync(TopicPartition partition)
    {
        var current = Stored;
        if (!IsRunning || !current.Partitions.TryGetValue(partition.ToString(), out var start)) return Task.FromResult<PartitionAssignment?>(null);
        return Task.FromResult<PartitionAssignment?>(new PartitionAssignment
        {
            Source = Definition.Source,
            Version = current.Version,
            Generation = start.Generation,
            Tables = RoutingPlan.TargetNames(Definition),
            End = start.End,
            Paused = current.Paused,
            Revision = current.Revision,
        });
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (PipelineStates.Check(Stored) is { } problem)
            throw new InvalidDataException($"The stored state of pipeline {Name} cannot be used: {problem} Restore it, or move it away to start without state, from the tables' cursors.");
        this.RegisterGrainTimer(DiscoverAsync, new GrainTimerCreationOptions { DueTime = options.DiscoverEvery, Period = options.DiscoverEvery, Interleave = true });
        this.RegisterGrainTimer(PublishProgressAsync, new GrainTimerCreationOptions { DueTime = PublishEvery, Period = PublishEvery, Interleave = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        // What is under way may be waiting for an answer of this very grain, which only the next activation gives.
        await Task.WhenAny(_working, Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken));
    }

    private async Task<SourceDiscovery.Found> LookAtSourceAsync(PipelineDefinition definition)
    {
        try
        {
            var source = await sources.GetAsync(Name, definition.Source);
            return await SourceDiscovery.LookAsync(source, definition.Source, Stored.Partitions, Stored.Sources, definition.Source.EndAtLatest, _stopping.Token);
        }
        catch (SourceException failure)
        {
            throw new PipelineException($"Pipeline {definition.Name} was not started: {failure.Message}", failure);
        }
    }

    private async Task<Action<PipelineGrainState>> FirstVersionAsync(PipelineDefinition definition, string fingerprint, SourceDiscovery.Found found)
    {
        try
        {
            var adopted = await VersionAdoption.LookAsync(sinks, definition, fingerprint, found.Sources, _stopping.Token);
            return next =>
            {
                next.Version = adopted.Version;
                next.Definitions[adopted.Version] = definition;
                next.InitializedTables = adopted.InitializedTables;
            };
        }
        catch (SinkException failure)
        {
            throw new PipelineException($"Pipeline {definition.Name} was not started: {failure.Message}", failure);
        }
    }

    private async Task<Action<PipelineGrainState>> NextVersionAsync(PipelineDefinition definition, string fingerprint)
    {
        var change = DefinitionVersions.Next(Stored, definition, fingerprint);
        try
        {
            if (Stored.TakingOverTo == 0) await VersionAdoption.CheckAddedAsync(sinks, Definition, definition, _stopping.Token);
        }
        catch (SinkException failure)
        {
            throw new PipelineException($"Pipeline {definition.Name} was not changed: {failure.Message}", failure);
        }

        return change;
    }

    private static void SetPartitions(PipelineGrainState next, SourceDiscovery.Found found)
    {
        foreach (var start in found.Partitions) next.Partitions[new TopicPartition(start.Topic, start.Partition).ToString()] = start;
        next.Sources = [.. found.Sources];
    }

    private async Task SetPausedAsync(string? table, bool paused)
    {
        if (Stored.Version == 0) throw new PipelineException($"There is no pipeline {Name}.");
        if (table is not null && Tables.All(each => each.Name != table))
            throw new PipelineException($"Pipeline {Name} has no table {table}; it has {string.Join(", ", Tables.Select(each => each.Name))}.");
        await UpdateAsync(next =>
        {
            if (table is null) next.Paused = paused;
            else if (paused) next.PausedTables.Add(table);
            else next.PausedTables.Remove(table);
        });
        if (!_draining && Stored.ShouldRun) await EnsureRunningAsync(again: !paused);
    }

    /// <summary>Does in the background what the stored decision asks for; one at a time.</summary>
    private void Work(bool again = false) => _working = WorkAsync(_working, again);

    private async Task WorkAsync(Task before, bool again)
    {
        await before;
        try
        {
            if (_draining) await DrainGrainsAsync();
            else if (Stored.TakingOverTo != 0) await TakeOverAsync();
            if (IsRunning) await EnsureRunningAsync(again);
            _trouble = null;
        }
        catch (PipelineException refusal)
        {
            _failure = refusal.Message;
            LogFailed(logger, Name, refusal.Message);
        }
        catch (Exception failure) when (!_stopping.IsCancellationRequested)
        {
            _trouble = failure.Message;
            LogWork(logger, Name, failure.Message);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Has every grain learn what it should do; what has stopped by itself is tried again only when an operator has acted.</summary>
    private async Task EnsureRunningAsync(bool again)
    {
        await Task.WhenAll(Tables.Select(table => AttemptAsync(Table(table.Name).RefreshAsync(again))).ToList());
        await Task.WhenAll(Partitions.Select(partition => AttemptAsync(Partition(partition).RefreshAsync(again))).ToList());
    }

    private async Task DrainGrainsAsync()
    {
        await Task.WhenAll(Partitions.Select(partition => AttemptAsync(Partition(partition).StopAsync())).ToList());
        await Task.WhenAll(Tables.Select(async table =>
        {
            await AttemptAsync(Table(table.Name).FlushAsync());
            await AttemptAsync(Table(table.Name).ReleaseAsync());
        }).ToList());
    }

    private async Task TakeOverAsync()
    {
        await DrainGrainsAsync();
        var change = await takeOver.RunAsync(Stored, Name, (partition, lost) => Partition(partition).RecordLostAsync(lost), _stopping.Token);
        await UpdateAsync(change);
        LogTakenOver(logger, Name, Stored.Version);
    }

    private async Task DiscoverAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning || !_working.IsCompleted || Definition.Source.EndAtLatest) return;
        try
        {
            var source = await sources.GetAsync(Name, Definition.Source);
            var found = await SourceDiscovery.LookAsync(source, Definition.Source, Stored.Partitions, Stored.Sources, resolveEnds: false, cancellationToken);
            if (found.Partitions.All(start => Stored.Partitions.ContainsKey(new TopicPartition(start.Topic, start.Partition).ToString()))) return;
            await UpdateAsync(next => SetPartitions(next, found));
            Work();
        }
        catch (SourceException failure)
        {
            LogWork(logger, Name, failure.Message);
        }
        catch (PipelineException refusal)
        {
            _failure = refusal.Message;
            LogFailed(logger, Name, refusal.Message);
            await DrainGrainsAsync();
        }
    }

    /// <summary>Tells the source's consumer group how far everything is durable. Nothing of ours reads it.</summary>
    private async Task PublishProgressAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning || !_working.IsCompleted) return;
        try
        {
            var status = await GetStatusAsync();
            var progress = PipelineStatuses.Progress(status.Tables, status.Partitions);
            if (progress.Count == 0) return;
            await (await sources.GetAsync(Name, Definition.Source)).PublishProgressAsync($"bayou-{Name}", progress, cancellationToken);
        }
        catch (Exception failure) when (failure is SourceException or OperationCanceledException)
        {
            LogWork(logger, Name, failure.Message);
        }
    }

    /// <summary>Stores a change; one at a time. Until it is stored, everybody sees what was stored before.</summary>
    private Task UpdateAsync(Action<PipelineGrainState> change) => _updating = UpdateAsync(_updating, change);

    private async Task UpdateAsync(Task earlier, Action<PipelineGrainState> change)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        var before = state.State;
        var next = PipelineStates.Copy(before);
        change(next);
        (_before, state.State) = (before, next);
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // The write may have landed all the same: only a new activation knows, which reads it.
            state.State = before;
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            _before = null;
        }
    }

    private (PipelineState State, string? Reason) StateOf(IReadOnlyList<TableStatus> tables, IReadOnlyList<PartitionStatus> partitions)
    {
        var current = Stored;
        if (_failure is not null) return (PipelineState.Failed, _failure);
        if (_draining && !_working.IsCompleted) return (PipelineState.Draining, "Commits what was accepted.");
        if (!current.ShouldRun || _draining) return (PipelineState.Stopped, null);
        if (current.TakingOverTo != 0) return (PipelineState.Starting, $"Takes over from version {current.Version} of the definition to version {current.TakingOverTo}.{(_trouble is null ? null : $" It is tried again: {_trouble}")}");
        return PipelineStatuses.StateOf(current.Paused, tables, partitions);
    }

    private async Task AttemptAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception failure)
        {
            // Whatever was not reached is tried again when the pipeline is revived.
            LogWork(logger, Name, failure.Message);
        }
    }

    private ITableGrain Table(string table) => GrainFactory.GetGrain<ITableGrain>(GrainKeys.Table(Name, table));

    private IPartitionGrain Partition(TopicPartition partition) => GrainFactory.GetGrain<IPartitionGrain>(GrainKeys.Partition(Name, partition));

    [LoggerMessage(LogLevel.Warning, "Pipeline {Pipeline}: {Failure}")]
    private static partial void LogWork(ILogger logger, string pipeline, string failure);

    [LoggerMessage(LogLevel.Error, "Pipeline {Pipeline} fails: {Reason}")]
    private static partial void LogFailed(ILogger logger, string pipeline, string reason);

    [LoggerMessage(LogLevel.Information, "Pipeline {Pipeline} is at version {Version} of its definition")]
    private static partial void LogTakenOver(ILogger logger, string pipeline, int version);
}
