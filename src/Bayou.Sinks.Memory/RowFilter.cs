using Bayou.Definitions;

namespace Bayou.Sinks.Memory;

/// <summary>Conditions on a row, all of which it has to fulfil.</summary>
internal sealed class RowFilter
{
    private readonly IReadOnlyList<Condition> _conditions;

    private RowFilter(IReadOnlyList<Condition> conditions) => _conditions = conditions;

    /// <summary>The filter that every row passes.</summary>
    public static RowFilter All { get; } = new([]);

    /// <summary>Reads a condition of <see cref="Memory.MemoryQuery.Where"/>.</summary>
    /// <exception cref="FormatException">It cannot be read, or names what the table does not have.</exception>
    public static RowFilter Parse(string? where, TableDefinition table)
    {
        if (string.IsNullOrWhiteSpace(where)) return All;
        var tokens = new FilterTokens(where);
        var conditions = new List<Condition>();
        do
        {
            var name = tokens.Next("a column's name");
            var column = Array.Find(table.Columns, column => column.Name == name)
                ?? throw new FormatException($"There is no column {name}; there are {string.Join(", ", table.Columns.Select(column => column.Name))}.");
            conditions.Add(Condition(tokens, column));
        }
        while (tokens.TryTake("and"));

        tokens.End();
        return new RowFilter(conditions);
    }

    /// <summary>True when the row fulfils all conditions.</summary>
    public bool Admits(RowView row)
    {
        foreach (var condition in _conditions)
            if (!Admits(row, condition)) return false;
        return true;
    }

    private static Condition Condition(FilterTokens tokens, ColumnDefinition column)
    {
        if (!tokens.TryTake("is")) return new Condition(column, tokens.Operator(), FilterLiteral.Parse(tokens.Next("a value"), column));
        var isNot = tokens.TryTake("not");
        if (!tokens.TryTake("null")) throw new FormatException($"Behind '{column.Name} is' comes null or not null.");
        return new Condition(column, isNot ? "is not null" : "is null", null);
    }

    private static bool Admits(RowView row, Condition condition)
    {
        // Found by name, because rows from before a change of the definition have other columns.
        var column = row.Columns - 1;
        while (column >= 0 && row.Column(column).Name != condition.Column.Name) column--;
        var isNull = column < 0 || row.IsNull(column);
        if (condition.Literal is not { } literal) return isNull == (condition.Operator == "is null");
        if (isNull || literal.Compare(row, column) is not { } order) return false;
        return condition.Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
