using Bayou.Definitions;

namespace Bayou.Grains.Routing;

/// <summary>
/// A definition compiled for routing: which targets take which discriminator value, and where each column's value is found in an event.
/// Immutable and safe for concurrent use.
/// </summary>
public sealed class RoutingPlan
{
    private RoutingPlan(TableDefinition[] targets, int version) => (Targets, Version) = (targets, version);

    /// <summary>Version of the definition; slices and quarantine rows carry it.</summary>
    public int Version { get; }

    /// <summary>The definition's tables in their order, and last the table of unreadable and unmatched records.</summary>
    public IReadOnlyList<TableDefinition> Targets { get; }

    /// <summary>Index of the target <c>_quarantine</c>: the last one.</summary>
    public int QuarantineTarget => Targets.Count - 1;

    /// <summary>Compiles a definition.</summary>
    /// <exception cref="ArgumentException">A path is empty, two tables have one name, or the route names a table that does not exist.</exception>
    public static RoutingPlan Compile(PipelineDefinition definition, int version) =>
        new([.. definition.Tables, QuarantineTable.Create(definition.Quarantine)], version);

    /// <summary>Index of the target with this table name; -1 when there is none.</summary>
    public int IndexOf(string table)
    {
        for (var i = 0; i < Targets.Count; i++)
            if (Targets[i].Name == table) return i;
        return -1;
    }
}
