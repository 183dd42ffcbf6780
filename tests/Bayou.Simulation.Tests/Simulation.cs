using Bayou.Definitions;
using Bayou.Pipelines;
using Bayou.Simulation.Tests.Host;
using Bayou.Simulation.Tests.Schedules;
using Bayou.Simulation.Tests.Verdict;
using Bayou.Simulation.Tests.World;
using Bayou.Status;
using Orleans.Runtime;

namespace Bayou.Simulation.Tests;

/// <summary>One run: a schedule on the product's grains, then rest without faults, then the ledger. All on the calling thread.</summary>
internal sealed class Simulation
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    // A partition hears within ten seconds of a table that has died without having rows to take, and a table of another writer. Of activations that there are too
    // many of, each look finds one.
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_calmForEach = TimeSpan.FromSeconds(10);
    private const long MostTurns = 3_000_000;

    private readonly SimulatedTime _time = new();
    private readonly Random _choices;
    private readonly Faults _faults;
    private readonly SimulatedTurns _turns;
    private readonly SimulatedTables _tables;
    private readonly SimulatedTopic _topic;
    private readonly History _history = new();
    private readonly Tally _tally = new();
    private readonly Ledger _ledger;
    private readonly SimulatedStorage _storage;
    private readonly SimulatedDestination _destination;
    private readonly SecondWriter _second;
    private readonly IReadOnlyList<Event> _schedule;
    private readonly Operator _operator;
    private readonly Func<SimulatedSilo> _start;
    private readonly Action<string>? _journal;
    private SimulatedSilo _silo;
    private int _records;
    private int _duplicates;

    public Simulation(int seed, Mutation mutation, Action<string>? journal = null)
    {
        // Apart from each other, so that what happens does not depend on how the run goes.
        Random Of(int purpose) => new(unchecked(seed * 16 + purpose));
        _schedule = Schedule.Create(Of(1));
        _faults = Faults.Choose(Of(2));
        _choices = Of(3);
        _turns = new SimulatedTurns(Of(4));
        _tables = new SimulatedTables(_choices);
        _topic = new SimulatedTopic(_time, Of(5), _faults);
        for (var partition = _choices.Next(1, 5); partition > 0; partition--) _topic.Partitions.Add(new SimulatedPartition());
        _ledger = new Ledger(_tables, _history, () => _topic.Partitions);
        _storage = new SimulatedStorage(Of(6), _faults, _history);
        _destination = new SimulatedDestination(_time, Of(7), _faults, _ledger, mutation, _tally);
        _ledger.QuarantineOf = table => _destination.Of(SimulatedTables.QuarantinePath, table);
        _journal = journal is null ? null : what => journal($"{_time.Now.TotalSeconds,9:0.000} {what}");
        if (_journal is not null) _ledger.Note = _history.Note = _journal;
        _second = new SecondWriter(_tables, _topic, _destination);
        var (calls, waits, copies, batch) = (new SimulatedCalls(_time, Of(8), _faults, mutation, _tally), Of(9), _choices.Next(2) == 0, _choices.Next(3) == 0 ? 10_000 : _choices.Next(1, 30));
        _start = () => new SimulatedSilo(_time, _turns, calls, _storage, _topic, _destination, _tables.Definition(1).Source, waits, copies, batch);
        _silo = _start();
        _operator = new Operator(_time, () => _silo);
    }

    public Tally Tally
    {
        get
        {
            (_tally.Records, _tally.Turns, _tally.LostRanges, _tally.TakeOvers) = (_records, _turns.Count, _history.LostRanges, _history.TakeOvers);
            return _tally;
        }
    }

    /// <summary>Equal for runs that went alike, turn by turn and row by row.</summary>
    public ulong Trace => _turns.Trace;

    /// <summary>Runs it all; what is wrong afterwards, or null.</summary>
    public string? Run()
    {
        _operator.Start(_tables.Definition(1));
        _operator.Begin();
        foreach (var each in _schedule)
        {
            RunUntil(each.At);
            Happen(each);
            if (_ledger.Violations.Count > 0) return Verdict();
        }

        _faults.End();
        if (_storage.PipelineReadStale) Restart();
        foreach (var table in _tables.Names) _operator.SetPaused(table, false);
        if (Rest() is { } unrest) _ledger.Violated(unrest);
        else _ledger.CheckEnd([.. _tables.Definition(_tables.Latest).Tables.Select(table => table.Name), QuarantineTable.Name], _destination.Of);
        return Verdict();
    }

    private string? Verdict() => _ledger.Violations.Count == 0 ? null : string.Join(Environment.NewLine, _ledger.Violations);

    private void RunUntil(TimeSpan end)
    {
        do
        {
            _turns.RunAll();
            if (_turns.Count > MostTurns) throw new InvalidOperationException($"More than {MostTurns} turns; it goes round in circles at {_time.Now}.");
        }
        while (_time.FireNext(end));
        _turns.RunAll();
    }

    private string? Rest()
    {
        var end = _time.Now + s_patience;
        PipelineStatus? status = null;
        TimeSpan? since = null;
        while (_time.Now < end)
        {
            RunUntil(_time.Now + TimeSpan.FromSeconds(1));
            if (_ledger.Violations.Count > 0) return null;
            var asked = _silo.Pipeline.GetStatusAsync();
            while (!asked.IsCompleted) RunUntil(_time.Now + TimeSpan.FromMilliseconds(100));
            if (!asked.IsCompletedSuccessfully) continue;
            status = asked.Result;
            if (!_operator.IsDone || !IsAtRest(status)) since = null;
            else if (_time.Now - (since ??= _time.Now) > s_calm + _duplicates * s_calmForEach) return null;
        }

        return $"No rest within {s_patience}: operator {_operator.IsDone} {_operator.Failure}; {System.Text.Json.JsonSerializer.Serialize(status)}";
    }

    private bool IsAtRest(PipelineStatus status) =>
        status.State == PipelineState.Running && status.DefinitionVersion == _tables.Latest && status.Partitions.Length == _topic.Partitions.Count
        && status.Partitions.All(each => each.State == PartitionState.Running && each.Behind.Length == 0 && each.NextOffset == _topic.Partitions[each.Partition.Partition].Bounds.High)
        && status.Tables.All(each => each.State == TableState.Live && each.Cursors.All(cursor => cursor.NextOffset == cursor.AcceptedOffset));

    private void Restart()
    {
        _silo.Die();
        _silo = _start();
        _duplicates = 0;
    }

    private void Happen(Event each)
    {
        var tables = _tables.Definition(_tables.Latest).Tables;
        var table = each.First % (tables.Length + 1) is var index && index < tables.Length ? tables[index].Name : QuarantineTable.Name;
        var partition = each.Second % _topic.Partitions.Count;
        var length = TimeSpan.FromMilliseconds(each.Second % 9000);
        if (each.Kind != EventKind.Produce) _journal?.Invoke($"{each.Kind} {table} {partition} {length.TotalSeconds:0.000}");
        switch (each.Kind)
        {
            case EventKind.Produce: Produce(each); break;
            case EventKind.Gap: _topic.Partitions[partition].Skip(each.First % 20 == 0 ? 60_000 : each.First % 5); break;
            case EventKind.KillSilo: Restart(); break;
            case EventKind.LoseState: LoseState(); break;
            case EventKind.DuplicateTable: Duplicate(_silo.TableId(table)); break;
            case EventKind.DuplicatePartition: Duplicate(_silo.PartitionId(partition)); break;
            case EventKind.KillTable: _silo.Kill(_silo.TableId(table), each.Second % 2 == 0); break;
            case EventKind.KillPartition: _silo.Kill(_silo.PartitionId(partition), each.First % 2 == 0); break;
            case EventKind.KillCatchUp: _silo.Kill(_silo.CatchUpId(table, partition), each.First % 2 == 0); break;
            case EventKind.HoldTable: Hold(_silo.TableId(table), length); break;
            case EventKind.HoldPartition: Hold(_silo.PartitionId(partition), length); break;
            case EventKind.HoldCatchUp: Hold(_silo.CatchUpId(table, partition), length); break;
            case EventKind.HoldPipeline: Hold(_silo.PipelineId, length); break;
            case EventKind.Pause when table != QuarantineTable.Name && _tables.Names.Contains(table): _operator.SetPaused(table, true); break;
            case EventKind.Resume: foreach (var name in _tables.Names) _operator.SetPaused(name, false); break;
            case EventKind.AddPartition when _topic.Partitions.Count < 6: _topic.Partitions.Add(new SimulatedPartition()); break;
            case EventKind.Retention when AllHold(): _topic.Partitions[partition].CutOff(Oldest(partition, each.First)); break;
            case EventKind.ChangeDefinition when _operator.IsDone && _storage.Pipeline is { TakingOverTo: 0, Version: var version } && version == _tables.Latest: Change(); break;
            case EventKind.OtherWriter when _storage.Pipeline is { TakingOverTo: 0 } current: _second.Write(table, partition, each.First % 30, current.Version); break;
            case EventKind.SlowSink: _destination.Slow(table, _time.Now + 2 * length); break;
            case EventKind.BrokenSink: _destination.Break(table, _time.Now + 2 * length); break;
        }
    }

    private void Produce(Event each)
    {
        var random = new Random(each.First);
        var partition = _topic.Partitions[each.Second % _topic.Partitions.Count];
        for (var count = random.Next(1, 15); count > 0; count--)
        {
            var names = _tables.Names;
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
        _silo.Duplicate(grain);
        _duplicates++;
    }

    private void Hold(GrainId grain, TimeSpan length)
    {
        _turns.Hold(grain);
        _time.After(length, () => _turns.LetGo(grain));
    }

    private void Change()
    {
        _tables.Change(_choices);
        _operator.Start(_tables.Definition(_tables.Latest));
    }

    /// <summary>A state directory may be lost when the tables' cursors suffice: that is, when every table has them, under the definition that is started next.</summary>
    private void LoseState()
    {
        if (!AllHold() || _storage.Pipeline is not { TakingOverTo: 0 } current || current.Version != _tables.Latest) return;
        _silo.Die();
        _storage.Clear();
        _silo = _start();
        _operator.Start(_tables.Definition(_tables.Latest));
    }

    private bool AllHold() =>
        _tables.Definition(_tables.Latest).Tables.Append(QuarantineTable.Create(_tables.Definition(1).Quarantine)).All(table =>
            _destination.Of(table.Sink.Options["path"], table.Name).State is { Definition: { To: null, Version: var version } } state
            && version == _tables.Latest && state.Cursors.Count == _topic.Partitions.Count);

    private long Oldest(int partition, int pick)
    {
        var records = _topic.Partitions[partition].Records;
        return records.Count == 0 ? 0 : records[Math.Max(0, records.Count - 1 - (pick % 40))].Offset;
    }
}
