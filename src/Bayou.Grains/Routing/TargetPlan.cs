using System.Text;
using Bayou.Definitions;

namespace Bayou.Grains.Routing;

/// <summary>One target of a plan. Immutable.</summary>
internal sealed class TargetPlan
{
    /// <summary>The target for a table whose values lie in <paramref name="paths"/>; null for the one whose rows are quarantined records.</summary>
    public TargetPlan(TableDefinition table, PathTree? paths)
    {
        Table = table;
        Name = Encoding.UTF8.GetBytes(table.Name);
        Columns = paths is null ? [] : [.. table.Columns.Select(column => new ColumnPlan(column, paths[column.Path]))];
        VariableColumns = table.Columns.Count(column => column.Type.FixedWidth == 0);
        RowBytes = 2 * sizeof(long) + table.Columns.Sum(column => 1 + Math.Max(sizeof(int), column.Type.FixedWidth));
    }

    /// <summary>The table's definition.</summary>
    public TableDefinition Table { get; }

    /// <summary>The table's name in UTF-8.</summary>
    public byte[] Name { get; }

    /// <summary>The columns in their order; none for the target of quarantined records.</summary>
    public ColumnPlan[] Columns { get; }

    /// <summary>Columns whose values have no fixed length.</summary>
    public int VariableColumns { get; }

    /// <summary>Most bytes of a row, without the bytes of variable length.</summary>
    public int RowBytes { get; }
}
