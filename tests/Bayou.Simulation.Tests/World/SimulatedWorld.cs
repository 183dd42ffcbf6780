using Bayou.Definitions;
using Bayou.Pipelines;
using Bayou.Simulation.Tests.Failures;
using Bayou.Simulation.Tests.Host;
using Bayou.Simulation.Tests.Schedules;
using Bayou.Simulation.Tests.Verdict;
using Bayou.Status;

namespace Bayou.Simulation.Tests.World;

/// <summary>The product's grains in a world that is all simulated: time, turns, calls, a source, destinations, grain storage and an operator. All on the calling thread.</summary>
internal sealed class SimulatedWorld
{
    private const long MostTurns = 3_000_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    private readonly SimulatedCalls _calls;
    private readonly Func<SimulatedSilo> _start;

    public SimulatedWorld(WorldSetup setup)
    {
        (Tables, Faults) = (setup.Tables, setup.Faults);
        Turns = new SimulatedTurns(setup.RandomFor(4));
        Topic = new SimulatedTopic(Time, setup.RandomFor(5), setup.Faults);
        for (var partition = setup.Partitions; partition > 0; partition--) Topic.Partitions.Add(new SimulatedPartition());
        Ledger = new Ledger(Tables, History, () => Topic.Partitions);
        Storage = new SimulatedStorage(Time, setup.RandomFor(6), setup.Faults, History);
        Destination = new SimulatedDestination(Time, setup.RandomFor(7), setup.Faults, Ledger, setup.Mutation, Tally);
        Ledger.QuarantineOf = table => Destination.Of(SimulatedTables.QuarantinePath, table);
        if (setup.Journal is { } journal) Ledger.Note = History.Note = what => journal($"{Time.Now.TotalSeconds,9:0.000} {what}");
        _calls = new SimulatedCalls(Time, setup.RandomFor(8), setup.Faults, setup.Mutation, Tally) { FellBehind = grain => FellBehind.Add((Time.Now, grain.Key.ToString()!)) };
        var waits = setup.RandomFor(9);
        _start = () => new SimulatedSilo(Time, Turns, _calls, Storage, Topic, Destination, Tables.Definition(1).Source, waits, setup);
        Silo = _start();
        Operator = new Operator(Time, () => Silo);
    }

    public SimulatedTime Time { get; } = new();

    public SimulatedTurns Turns { get; }

    public Faults Faults { get; }

    public SimulatedTables Tables { get; }

    public SimulatedTopic Topic { get; }

    public History History { get; } = new();

    public Ledger Ledger { get; }

    public SimulatedStorage Storage { get; }

    public SimulatedDestination Destination { get; }

    public Operator Operator { get; }

    public Tally Tally { get; } = new();

    public SimulatedSilo Silo { get; private set; }

    /// <summary>When a catch-up grain was first told of an episode in which its table is behind, and its key.</summary>
    public List<(TimeSpan At, string CatchUp)> FellBehind { get; } = [];

    /// <summary>What is wrong; null when nothing is so far.</summary>
    public string? Verdict => Ledger.Violations.Count == 0 ? null : string.Join(Environment.NewLine, Ledger.Violations);

    /// <summary>Has all calls of a method be lost from now on, which is named with its interface.</summary>
    public void LoseCalls(string method) => _calls.Loses = name => name == method;

    /// <summary>Adds a record of a type, as its table wants it or without an id; one of no type is no JSON.</summary>
    public void Produce(int partition, string? type, bool good = true)
    {
        var id = $"{Tally.Records++:00000}";
        Topic.Partitions[partition].Add(offset => new TopicRecord(offset, type ?? "", id, good, true, type is not null));
    }

    /// <summary>Has one moment go wrong.</summary>
    public FailurePoint FailAt(Step step, Fault fault, int occurrence)
    {
        var failure = new FailurePoint(step, fault, occurrence, Turns.Halt);
        return _calls.Failure = Storage.Failure = Topic.Failure = Destination.Failure = failure;
    }

    /// <summary>The process dies, and another is started; in between, something may happen to what it left behind.</summary>
    public void Restart(Action? meanwhile = null)
    {
        Silo.Die();
        meanwhile?.Invoke();
        Silo = _start();
    }

    public void RunFor(TimeSpan time) => RunUntil(Time.Now + time);

    public void RunUntil(TimeSpan end)
    {
        do
        {
            RunTurns();
            if (Turns.Count > MostTurns) throw new InvalidOperationException($"More than {MostTurns} turns; it goes round in circles at {Time.Now}.");
        }
        while (Time.FireNext(end));
        RunTurns();
    }

    /// <summary>The pipeline's status; null when it could not be told.</summary>
    public PipelineStatus? AskStatus()
    {
        var asked = Silo.Pipeline.GetStatusAsync();
        while (!asked.IsCompleted) RunFor(TimeSpan.FromMilliseconds(100));
        return asked.IsCompletedSuccessfully ? asked.Result : null;
    }

    /// <summary>Runs until a status is as wanted, asked for every second.</summary>
    public PipelineStatus Until(Func<PipelineStatus, bool> wanted)
    {
        var end = Time.Now + s_patience;
        PipelineStatus? status = null;
        while (Time.Now < end)
        {
            RunFor(TimeSpan.FromSeconds(1));
            status = AskStatus();
            if (status is not null && wanted(status)) return status;
        }

        throw new InvalidOperationException($"Waited {s_patience} in vain; last seen: {System.Text.Json.JsonSerializer.Serialize(status)}");
    }

    /// <summary>Runs until everything is written and nothing is left to do for a while, and compares with what should be there.</summary>
    public string? RestAndCheck(TimeSpan calm)
    {
        if (Rest(calm) is { } unrest) Ledger.Violated(unrest);
        else if (Ledger.Violations.Count == 0) Ledger.CheckEnd([.. Tables.Definition(Tables.Latest).Tables.Select(table => table.Name), QuarantineTable.Name], Destination.Of);
        return Verdict;
    }

    private void RunTurns()
    {
        Turns.RunAll();
        while (Turns.IsHalted)
        {
            Restart();
            Turns.RunAll();
        }
    }

    private string? Rest(TimeSpan calm)
    {
        var end = Time.Now + s_patience;
        PipelineStatus? status = null;
        TimeSpan? since = null;
        while (Time.Now < end)
        {
            RunFor(TimeSpan.FromSeconds(1));
            if (Ledger.Violations.Count > 0) return null;
            if (AskStatus() is not { } told) continue;
            status = told;
            if (!Operator.IsDone || !IsAtRest(status)) since = null;
            else if (Time.Now - (since ??= Time.Now) > calm) return null;
        }

        return $"No rest within {s_patience}: operator {Operator.IsDone} {Operator.Failure}; {System.Text.Json.JsonSerializer.Serialize(status)}";
    }

    private bool IsAtRest(PipelineStatus status) =>
        status.State == PipelineState.Running && status.DefinitionVersion == Tables.Latest && status.Partitions.Length == Topic.Partitions.Count
        && status.Partitions.All(each => each.State == PartitionState.Running && each.Behind.Length == 0 && each.NextOffset == Topic.Partitions[each.Partition.Partition].Bounds.High)
        && status.Tables.All(each => each.State == TableState.Live && each.Cursors.All(cursor => cursor.NextOffset == cursor.AcceptedOffset));
}
