using Bayou.Definitions;

namespace Bayou.Simulation.Tests.World;

/// <summary>The pipeline's definitions, and by the same rules what becomes of each record under them.</summary>
internal sealed class SimulatedTables
{
    public const string Pipeline = "shop";
    public const string QuarantinePath = "quarantine";
    public const string Late = "late";

    private readonly List<PipelineDefinition> _versions = [];
    private readonly bool _backfill;

    public SimulatedTables(Random random)
    {
        Names = [.. "abcde".Take(random.Next(2, 6)).Select(letter => $"{letter}")];
        _backfill = random.Next(2) == 0;
        _versions.Add(new PipelineDefinition
        {
            Name = Pipeline,
            Source = new SourceDefinition { Kind = "simulated", Topics = [SimulatedTopic.Name], Options = [], OnDataLoss = DataLossPolicy.Continue },
            Route = new RouteDefinition { Field = ["type"], Unmatched = random.Next(2) == 0 ? RouteDefinition.Filter : RouteDefinition.Quarantine },
            Quarantine = Sink(QuarantinePath),
            Tables = [.. Names.Select(name => Table(name, random))],
        });
    }

    /// <summary>Tables of that many letters, which commit every 100 ms, and a source of that policy.</summary>
    public SimulatedTables(int tables, DataLossPolicy onDataLoss)
        : this(new Random(tables))
    {
        Names = [.. "abcde".Take(tables).Select(letter => $"{letter}")];
        _backfill = true;
        _versions[0] = _versions[0] with
        {
            Source = _versions[0].Source with { OnDataLoss = onDataLoss },
            Tables = [.. Names.Select(name => Table(name, new Random(tables)) with { Commit = new CommitPolicy { Every = TimeSpan.FromMilliseconds(100) } })],
        };
    }

    /// <summary>The tables of the first version; the last of them is the rare one.</summary>
    public string[] Names { get; }

    public int Latest => _versions.Count;

    public PipelineDefinition Definition(int version) => _versions[version - 1];

    /// <summary>Makes another version: a table more, or a column that the first table's events must have.</summary>
    public void Change(Random random)
    {
        var last = _versions[^1];
        if (last.Tables.All(table => table.Name != Late) && random.Next(2) == 0)
            _versions.Add(last with { Tables = [.. last.Tables, Table(Late, random) with { Backfill = _backfill }] });
        else if (last.Tables[0].Columns.Length == 2)
            _versions.Add(last with { Tables = [last.Tables[0] with { Columns = [.. last.Tables[0].Columns, Column("extra", ColumnKind.Long, true)] }, .. last.Tables[1..]] });
    }

    /// <summary>Which table a record belongs to, and whether as a bad row; null when a rule filters it out.</summary>
    public Outcome? OutcomeOf(TopicRecord record, int version)
    {
        var definition = Definition(version);
        if (!record.IsReadable) return new Outcome(QuarantineTable.Name, false);
        if (definition.Tables.FirstOrDefault(table => table.Name == record.Type) is not { } table)
            return definition.Route.Unmatched == RouteDefinition.Filter ? null : new Outcome(QuarantineTable.Name, false);
        return new Outcome(table.Name, !record.HasId || (table.Columns.Length > 2 && !record.HasExtra));
    }

    /// <summary>The first version with a table, and whether it has everything from the pipeline's start on.</summary>
    public (int Version, bool Backfill) Beginning(string table)
    {
        var version = table == QuarantineTable.Name ? 1 : _versions.FindIndex(each => each.Tables.Any(one => one.Name == table)) + 1;
        return (version, version > 1 && _backfill);
    }

    public static string PathOf(string table) => table == QuarantineTable.Name ? QuarantinePath : table;

    private static SinkDefinition Sink(string path) => new() { Kind = "simulated", Options = new() { ["path"] = path } };

    private static TableDefinition Table(string name, Random random) => new()
    {
        Name = name,
        Match = [name],
        Columns = [Column("id", ColumnKind.String, true), Column("n", ColumnKind.Long, false)],
        Sink = Sink(name),
        Commit = new CommitPolicy { Every = TimeSpan.FromMilliseconds(random.Next(10, 2000)), Rows = random.Next(1, 200) },
    };

    private static ColumnDefinition Column(string name, ColumnKind kind, bool required) =>
        new() { Name = name, Type = new ColumnType(kind), Path = [name], Required = required };
}
