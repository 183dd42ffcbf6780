using Bayou.Grains.Routing;
using Bayou.Sources;

namespace Bayou.Verification.Rules;

/// <summary>Says what becomes of a record in each table, by the same code that makes the rows. Keeps its memory between records; not safe for concurrent use.</summary>
public sealed class RecordClassifier
{
    private readonly RowShredder[] _shredders;
    private readonly int[][] _targets;
    private readonly Outcome[][] _outcomes;

    /// <summary>A classifier for the book's versions.</summary>
    public RecordClassifier(RuleBook book)
    {
        _shredders = [.. book.Versions.Select(version => new RowShredder(RoutingPlan.Compile(version.Definition, version.Version)))];
        _targets = [.. _shredders.Select((shredder, version) => book.Lineages.Select(table => table.NameIn(version) is { } name ? shredder.Plan.IndexOf(name) : -1).ToArray())];
        _outcomes = [.. _shredders.Select(shredder => new Outcome[shredder.Plan.Targets.Count])];
    }

    /// <summary>Writes the record's outcome for each table of the book.</summary>
    /// <param name="record">The record; read during the call only.</param>
    /// <param name="segment">The segment that its offset is in.</param>
    /// <param name="perTable">Room for one outcome for each table.</param>
    public void Classify(RecordView record, RuleSegment segment, Span<Outcome> perTable)
    {
        foreach (var version in segment.Versions) _shredders[version].Classify(record, _outcomes[version]);
        for (var table = 0; table < perTable.Length; table++)
        {
            var version = segment.VersionOf[table];
            perTable[table] = version < 0 ? Outcome.None : _outcomes[version][_targets[version][table]];
        }
    }
}
