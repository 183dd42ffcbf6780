using Bayou.Definitions;

namespace Bayou.Sinks.TestKit;

/// <summary>The tables that the kit writes to.</summary>
internal static class KitTables
{
    public const string Pipeline = "kit";

    /// <summary>A number and a text.</summary>
    public static TableDefinition Small(SinkDefinition sink, string name = "orders") =>
        Table(sink, name, Column("id", ColumnKind.Long), Column("note", ColumnKind.String));

    /// <summary>A column of each kind, decimals in each width.</summary>
    public static TableDefinition AllTypes(SinkDefinition sink) => Table(sink, "orders",
        Column("s", ColumnKind.String), Column("i", ColumnKind.Int), Column("l", ColumnKind.Long), Column("f", ColumnKind.Float), Column("d", ColumnKind.Double),
        Column("m9", ColumnKind.Decimal, 9, 2), Column("m18", ColumnKind.Decimal, 18, 4), Column("m38", ColumnKind.Decimal, 38, 10), Column("m0", ColumnKind.Decimal, 38, 0),
        Column("b", ColumnKind.Bool), Column("ts", ColumnKind.Timestamp), Column("day", ColumnKind.Date), Column("bin", ColumnKind.Binary), Column("j", ColumnKind.Json));

    /// <summary>A row of <see cref="Small"/>; its values follow from its place.</summary>
    public static KitRow Row(int partition, long offset) => new(partition, offset, [KitValue.Same(offset * 10 + partition), KitValue.Same($"row {partition}/{offset}")]);

    /// <summary>Rows of <see cref="Small"/> with consecutive offsets.</summary>
    public static IReadOnlyList<KitRow> Rows(int partition, long from, int count) => [.. Enumerable.Range(0, count).Select(i => Row(partition, from + i))];

    private static TableDefinition Table(SinkDefinition sink, string name, params ColumnDefinition[] columns) =>
        new() { Name = name, Match = [name], Columns = columns, Sink = sink };

    private static ColumnDefinition Column(string name, ColumnKind kind, int precision = 0, int scale = 0) =>
        new() { Name = name, Type = new ColumnType(kind, precision, scale), Path = [name] };
}
