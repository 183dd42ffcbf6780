using Bayou.Definitions;
using Bayou.Simulation.Tests.Failures;
using Bayou.Simulation.Tests.Host;
using Bayou.Simulation.Tests.Verdict;
using Bayou.Sinks;

namespace Bayou.Simulation.Tests.World;

/// <summary>Destinations that outlive silos: for each place and owner the rows, cursors and definition, changed together under the fence.</summary>
internal sealed class SimulatedDestination(SimulatedTime time, Random random, Faults faults, Ledger ledger, Mutation mutation, Tally tally) : ISinkFactory
{
    private readonly Dictionary<(string Path, string Owner), SimulatedStore> _stores = [];
    private readonly Dictionary<string, TimeSpan> _slowUntil = [];
    private readonly Dictionary<string, TimeSpan> _brokenUntil = [];

    /// <summary>The moment at which a commit goes wrong on purpose, or null.</summary>
    public FailurePoint? Failure { get; set; }

    /// <summary>Files that were written, committed or not.</summary>
    public int Files { get; set; }

    /// <summary>How long an owner's every call takes: opening, reading and committing; no time when it is not there.</summary>
    public Dictionary<string, TimeSpan> CallTimes { get; } = [];

    public string Kind => "simulated";

    public IReadOnlyList<SinkOption> Options => [new SinkOption { Name = "path", Type = SinkOptionType.Text, Required = true, Description = "Name of the place." }];

    public SimulatedTime Time => time;

    public Random Random => random;

    public Faults Faults => faults;

    public Mutation Mutation => mutation;

    public IReadOnlyList<string> Validate(TableDefinition table) => [];

    public ISink Create(SinkContext context) => new SimulatedSink(this, context.Owner, Of(context.Table.Sink.Options["path"], context.Owner));

    public SimulatedStore Of(string path, string owner)
    {
        if (_stores.TryGetValue((path, owner), out var store)) return store;
        return _stores[(path, owner)] = new SimulatedStore(path, owner, ledger, mutation, tally);
    }

    public void Slow(string owner, TimeSpan until) => _slowUntil[owner] = until;

    public void Break(string owner, TimeSpan until) => _brokenUntil[owner] = until;

    public bool IsSlow(string owner) => _slowUntil.GetValueOrDefault(owner) > time.Now;

    public bool IsBroken(string owner) => _brokenUntil.GetValueOrDefault(owner) > time.Now;
}
