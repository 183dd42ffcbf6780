using Bayou.GrainHost;
using Bayou.Grains.Partitions;
using Bayou.Grains.Pipelines;
using Bayou.Simulation.Tests.Failures;
using Bayou.Simulation.Tests.Host;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.Simulation.Tests.World;

/// <summary>
/// Grain state that outlives silos. A write may fail before or after it is stored; a read may return the state before the last one, with its tag, as storage
/// with replicas can.
/// </summary>
internal sealed class SimulatedStorage(SimulatedTime time, Random random, Faults faults, History history) : IGrainStorage
{
    private static readonly MessageCopier s_copier = new();
    private readonly Dictionary<(string, GrainId), Record> _records = [];
    private int _tags;

    /// <summary>True once a pipeline has read a stale state: it keeps to that until its next write, so that only a restart is sure to help.</summary>
    public bool PipelineReadStale { get; private set; }

    public PipelineGrainState? Pipeline { get; private set; }

    /// <summary>The moment at which a write goes wrong on purpose, or null.</summary>
    public FailurePoint? Failure { get; set; }

    /// <summary>How long a write takes.</summary>
    public TimeSpan WriteTime { get; set; }

    /// <summary>A copy of everything; it puts everything back.</summary>
    public Action Copy()
    {
        var (records, pipeline) = (_records.ToList(), Pipeline);
        return () =>
        {
            Clear();
            foreach (var (key, record) in records) _records.Add(key, record);
            Pipeline = pipeline;
        };
    }

    public void Clear()
    {
        _records.Clear();
        Pipeline = null;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = _records.GetValueOrDefault((stateName, grainId));
        if (record?.Before is { } before && random.NextDouble() < faults.StateStale)
        {
            record = before;
            PipelineReadStale |= typeof(T) == typeof(PipelineGrainState);
        }

        grainState.State = record is null ? Activator.CreateInstance<T>() : s_copier.Read<T>(record.Value)!;
        grainState.ETag = record?.Tag;
        grainState.RecordExists = record is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Failure is not { } failure || StepOf(grainState.State) is not { } step) return StoreAsync(stateName, grainId, grainState);
        return failure.TakeAsync(step, async () =>
        {
            await StoreAsync(stateName, grainId, grainState);
            return true;
        });
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    private static Step? StepOf(object? state) => state switch
    {
        PipelineGrainState => Step.PipelineState,
        PartitionGrainState => Step.HintWrite,
        _ => null,
    };

    private async Task StoreAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (WriteTime > TimeSpan.Zero) await Task.Delay(WriteTime, time);
        if (random.NextDouble() < faults.StateFails) throw new IOException("The state could not be stored.");
        var stored = _records.GetValueOrDefault((stateName, grainId));
        if (stored?.Tag != grainState.ETag) throw new InconsistentStateException($"State {stateName} of {grainId} was written by another.", stored?.Tag, grainState.ETag);
        var record = new Record($"{++_tags}", s_copier.Write(grainState.State), stored is null ? null : stored with { Before = null });
        _records[(stateName, grainId)] = record;
        Note(grainId, s_copier.Read<T>(record.Value));
        if (random.NextDouble() < faults.StateAnswerLost) throw new TimeoutException("The state was stored, and the answer is lost.");
        (grainState.ETag, grainState.RecordExists) = (record.Tag, true);
    }

    private void Note<T>(GrainId grain, T? state)
    {
        if (state is PartitionGrainState partition)
        {
            var number = int.Parse(grain.Key.ToString()!.Split('/')[2]);
            foreach (var lost in partition.Lost) history.Lost(number, lost);
        }

        if (state is not PipelineGrainState pipeline) return;
        Pipeline = pipeline;
        foreach (var start in pipeline.Partitions.Values) history.Start(start.Partition, start.Start);
        foreach (var (version, floors) in pipeline.Floors)
            foreach (var (name, floor) in floors) history.Floor(version, int.Parse(name.Split('/')[1]), floor);
    }

    private sealed record Record(string Tag, byte[] Value, Record? Before);
}
