namespace Bayou.Definitions;

/// <summary>A column of a table, by name.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
public readonly record struct TableColumn(string Table, string Column)
{
    /// <summary><c>table.column</c>.</summary>
    public override string ToString() => $"{Table}.{Column}";
}
