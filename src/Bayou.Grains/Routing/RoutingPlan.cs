using System.Text;
using Bayou.Definitions;

namespace Bayou.Grains.Routing;

/// <summary>
/// A definition compiled for routing: which targets take which discriminator value, and where each column's value is found in an event.
/// Immutable and safe for concurrent use.
/// </summary>
public sealed class RoutingPlan
{
    private readonly Dictionary<string, int> _indexes = [];
    private readonly Utf8Lookup _matches;
    private readonly int[][] _targetSets;
    private readonly int[] _unmatched;

    private RoutingPlan(PipelineDefinition definition, int version)
    {
        Version = version;
        var tables = InOrder(definition);
        Paths = new PathTree(tables.SelectMany(table => table.Columns).Select(column => column.Path).Append(definition.Route.Field));
        Discriminator = Paths[definition.Route.Field];
        DiscriminatorName = Encoding.UTF8.GetBytes(string.Join('.', definition.Route.Field));
        Plans = [.. tables.Select(table => new TargetPlan(table, Paths)), new TargetPlan(QuarantineTable.Create(definition.Quarantine), null)];
        Targets = [.. Plans.Select(plan => plan.Table)];
        for (var i = 0; i < Plans.Length; i++)
            if (!_indexes.TryAdd(Targets[i].Name, i))
                throw new ArgumentException($"Two tables are named '{Targets[i].Name}'.", nameof(definition));
        QuarantineOnly = [QuarantineTarget];
        LongestVariableColumns = Plans.Max(plan => plan.VariableColumns);
        _unmatched = Unmatched(definition.Route.Unmatched);

        var byValue = tables.SelectMany((table, index) => table.Match.Distinct().Select(value => (value, index))).GroupBy(pair => pair.value, pair => pair.index).ToList();
        _targetSets = [.. byValue.Select(group => group.ToArray())];
        _matches = new Utf8Lookup([.. byValue.Select((group, set) => KeyValuePair.Create(group.Key, set))]);
    }

    /// <summary>Version of the definition; slices and quarantine rows carry it.</summary>
    public int Version { get; }

    /// <summary>The definition's tables by name, and last the table of unreadable and unmatched records. Their order in the file makes no version, so it makes no difference here.</summary>
    public IReadOnlyList<TableDefinition> Targets { get; }

    /// <summary>Index of the target <c>_quarantine</c>: the last one.</summary>
    public int QuarantineTarget => Plans.Length - 1;

    internal PathTree Paths { get; }

    internal TargetPlan[] Plans { get; }

    internal int[] QuarantineOnly { get; }

    internal int Discriminator { get; }

    internal byte[] DiscriminatorName { get; }

    internal int LongestMatch => _matches.LongestKey;

    internal int LongestVariableColumns { get; }

    /// <summary>Names of a definition's targets, each at its index in the plan.</summary>
    public static string[] TargetNames(PipelineDefinition definition) => [.. InOrder(definition).Select(table => table.Name), QuarantineTable.Name];

    private static TableDefinition[] InOrder(PipelineDefinition definition) => [.. definition.Tables.OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>Compiles a definition.</summary>
    /// <exception cref="ArgumentException">A path is empty, two tables have one name, or the route names a table that does not exist.</exception>
    public static RoutingPlan Compile(PipelineDefinition definition, int version)
    {
        if (definition.Route.Field.Length == 0) throw new ArgumentException("The route's field is empty.", nameof(definition));
        foreach (var table in definition.Tables)
            foreach (var column in table.Columns)
                if (column.Path.Length == 0)
                    throw new ArgumentException($"Column '{column.Name}' of table '{table.Name}' has an empty path.", nameof(definition));
        return new RoutingPlan(definition, version);
    }

    /// <summary>Index of the target with this table name; -1 when there is none.</summary>
    public int IndexOf(string table) => _indexes.GetValueOrDefault(table, -1);

    /// <summary>The targets of events whose discriminator has this text, ascending; empty when such events are dropped.</summary>
    internal int[] TargetsOf(ReadOnlySpan<byte> discriminator)
    {
        var set = _matches.Find(discriminator);
        return set < 0 ? _unmatched : _targetSets[set];
    }

    /// <summary>The targets of events that match no table; empty when they are dropped.</summary>
    internal int[] UnmatchedTargets => _unmatched;

    private int[] Unmatched(string rule)
    {
        if (rule == RouteDefinition.Quarantine) return QuarantineOnly;
        if (rule == RouteDefinition.Filter) return [];
        var index = IndexOf(rule);
        return index >= 0 && index != QuarantineTarget
            ? [index]
            : throw new ArgumentException($"Unmatched events are to go to table '{rule}', which does not exist.", nameof(rule));
    }
}
