using Bayou.Definitions;
using Bayou.Simulation.Tests.Host;
using Bayou.Simulation.Tests.Schedules;
using Bayou.Simulation.Tests.World;
using Orleans.Runtime;

namespace Bayou.Simulation.Tests;

/// <summary>One run: a schedule on the product's grains, then rest without faults, then the ledger. All on the calling thread.</summary>
internal sealed class Simulation
{
    // A partition hears within ten seconds of a table that has died without having rows to take, and a table of another writer. Of activations that there are too
    // many of, each look finds one.
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_calmForEach = TimeSpan.FromSeconds(10);

    private readonly Random _choices;
    private readonly SimulatedWorld _world;
    private readonly SecondWriter _second;
    private readonly StateLoss _stateLoss;
    private readonly IReadOnlyList<Event> _schedule;
    private readonly Action<string>? _journal;
    private int _records;
    private int _duplicates;
    private bool _pipelineMisled;

    public Simulation(int seed, Mutation mutation, Action<string>? journal = null)
    {
        var setup = new WorldSetup { Seed = seed, Faults = Faults.None, Tables = null!, Partitions = 0, Mutation = mutation, Journal = journal };
        _schedule = Schedule.Create(setup.RandomFor(1));
        _choices = setup.RandomFor(3);
        _world = new SimulatedWorld(setup with
        {
            Faults = Faults.Choose(setup.RandomFor(2)),
            Tables = new SimulatedTables(_choices),
            Partitions = _choices.Next(1, 5),
            CopyMessages = _choices.Next(2) == 0,
            BatchRecords = _choices.Next(3) == 0 ? 10_000 : _choices.Next(1, 30),
            TableBytes = _choices.Next(2) == 0 ? 8 << 20 : _choices.Next(100, 8000),
        });
        _second = new SecondWriter(_world.Tables, _world.Topic, _world.Destination);
        _stateLoss = new StateLoss(_world);
        _journal = journal is null ? null : what => journal($"{_world.Time.Now.TotalSeconds,9:0.000} {what}");
    }

    public Tally Tally
    {
        get
        {
            var tally = _world.Tally;
            (tally.Records, tally.Turns, tally.LostRanges, tally.TakeOvers) = (_records, _world.Turns.Count, _world.History.LostRanges, _world.History.TakeOvers);
            return tally;
        }
    }

    /// <summary>Equal for runs that went alike, turn by turn and row by row.</summary>
    public ulong Trace => _world.Turns.Trace;

    /// <summary>Runs it all; what is wrong afterwards, or null.</summary>
    public string? Run()
    {
        _world.Operator.Start(_world.Tables.Definition(1));
        _world.Operator.Begin();
        foreach (var each in _schedule)
        {
            _world.RunUntil(each.At);
            Happen(each);
            if (_world.Verdict is { } wrong) return wrong;
        }

        _world.Faults.End();
        _stateLoss.Restore();
        // An activation of the pipeline's grain that believes something old goes on doing so until it writes.
        if (_world.Storage.PipelineReadStale || _pipelineMisled) Restart();
        Resume();
        return _world.RestAndCheck(s_calm + _duplicates * s_calmForEach);
    }

    private void Restart()
    {
        _world.Restart();
        _duplicates = 0;
    }

    private void Happen(Event each)
    {
        var (silo, topic, destination, now) = (_world.Silo, _world.Topic, _world.Destination, _world.Time.Now);
        var tables = _world.Tables.Definition(_world.Tables.Latest).Tables;
        var table = each.First % (tables.Length + 1) is var index && index < tables.Length ? tables[index].Name : QuarantineTable.Name;
        var partition = each.Second % topic.Partitions.Count;
        var length = TimeSpan.FromMilliseconds(each.Second % 9000);
        if (each.Kind != EventKind.Produce) _journal?.Invoke($"{each.Kind} {table} {partition} {length.TotalSeconds:0.000}");
        switch (each.Kind)
        {
            case EventKind.Produce: Produce(each); break;
            case EventKind.Gap: topic.Partitions[partition].Skip(each.First % 20 == 0 ? 60_000 : each.First % 5); break;
            case EventKind.KillSilo: Restart(); break;
            case EventKind.LoseState: _stateLoss.Lose(); break;
            case EventKind.LoseStateInTakeOver: _stateLoss.LoseInTakeOver(length); break;
            case EventKind.ClockBack: _world.Time.StepBack(length * 60); break;
            case EventKind.DuplicateTable: Duplicate(silo.TableId(table)); break;
            case EventKind.DuplicatePartition: Duplicate(silo.PartitionId(partition)); break;
            case EventKind.DuplicatePipeline: DuplicatePipeline(length, each.First % 2 == 0); break;
            case EventKind.KillTable: silo.Kill(silo.TableId(table), each.Second % 2 == 0); break;
            case EventKind.KillPartition: silo.Kill(silo.PartitionId(partition), each.First % 2 == 0); break;
            case EventKind.KillCatchUp: silo.Kill(silo.CatchUpId(table, partition), each.First % 2 == 0); break;
            case EventKind.HoldTable: Hold(silo.TableId(table), length); break;
            case EventKind.HoldPartition: Hold(silo.PartitionId(partition), length); break;
            case EventKind.HoldCatchUp: Hold(silo.CatchUpId(table, partition), length); break;
            case EventKind.HoldPipeline: Hold(silo.PipelineId, length); break;
            case EventKind.Pause when _world.Tables.Names.Contains(table): _world.Operator.SetPaused(table, true); break;
            case EventKind.PauseAll: _world.Operator.SetPaused(Operator.All, true); break;
            case EventKind.Resume: Resume(); break;
            case EventKind.AddPartition when topic.Partitions.Count < 6: topic.Partitions.Add(new SimulatedPartition()); break;
            case EventKind.Retention: topic.Partitions[partition].CutOff(Oldest(partition, each.First)); break;
            case EventKind.ChangeDefinition when _world.Operator.IsDone && _world.Storage.Pipeline is { TakingOverTo: 0, Version: var version } && version == _world.Tables.Latest: Change(); break;
            case EventKind.OtherWriter when _world.Storage.Pipeline is { TakingOverTo: 0 } current: _second.Write(table, partition, each.First % 30, current.Version); break;
            case EventKind.SlowSink: destination.Slow(table, now + 2 * length); break;
            case EventKind.BrokenSink: destination.Break(table, now + 2 * length); break;
        }
    }

    private void Produce(Event each)
    {
        var random = new Random(each.First);
        var partition = _world.Topic.Partitions[each.Second % _world.Topic.Partitions.Count];
        for (var count = random.Next(1, 15); count > 0; count--)
        {
            var names = _world.Tables.Names;
            var type = random.Next(40) switch
            {
                0 => names[^1],
                1 or 2 or 3 => SimulatedTables.Late,
                4 => "nobody",
                var other => names[other % Math.Max(1, names.Length - 1)],
            };
            if (random.Next(12) == 0) partition.Skip(random.Next(1, 4));
            var id = $"{_records++:00000}";
            partition.Add(offset => new TopicRecord(offset, type, id, random.Next(15) > 0, random.Next(3) > 0, random.Next(25) > 0));
        }
    }

    private void Duplicate(GrainId grain)
    {
        _world.Silo.Duplicate(grain);
        _duplicates++;
    }

    /// <summary>Two activations decide for the pipeline for a while; then the first is found out, as it is in a cluster.</summary>
    private void DuplicatePipeline(TimeSpan length, bool keepRunning)
    {
        if (_world.Silo.Supersede(_world.Silo.PipelineId) is not { } end) return;
        _pipelineMisled = true;
        _world.Time.After(length, () => end(keepRunning));
    }

    private void Hold(GrainId grain, TimeSpan length)
    {
        _world.Turns.Hold(grain);
        _world.Time.After(length, () => _world.Turns.LetGo(grain));
    }

    private void Resume()
    {
        foreach (var name in _world.Tables.Names) _world.Operator.SetPaused(name, false);
        _world.Operator.SetPaused(Operator.All, false);
    }

    private void Change()
    {
        _world.Tables.Change(_choices);
        _world.Operator.Start(_world.Tables.Definition(_world.Tables.Latest));
    }

    private long Oldest(int partition, int pick)
    {
        var records = _world.Topic.Partitions[partition].Records;
        return records.Count == 0 ? 0 : records[Math.Max(0, records.Count - 1 - (pick % 40))].Offset;
    }
}
