namespace Bayou.Definitions;

/// <summary>The fixed shape of quarantine rows, and the name of the table that takes unreadable and unmatched records.</summary>
public static class QuarantineTable
{
    /// <summary>Name of the table of unreadable and unmatched records. No table of a user's can have it.</summary>
    public const string Name = "_quarantine";

    /// <summary>The record's key as bytes, or null.</summary>
    public const string KeyColumn = "_key";

    /// <summary>The record's value as bytes, or null.</summary>
    public const string ValueColumn = "_value";

    /// <summary>Why the record is here.</summary>
    public const string ReasonColumn = "_reason";

    /// <summary>The table whose row it would have become; null when no table was found for it.</summary>
    public const string TableColumn = "_table";

    /// <summary>Version of the definition that it was refused under.</summary>
    public const string RuleVersionColumn = "_rule_version";

    /// <summary>The columns of a quarantine row, behind the metadata columns.</summary>
    public static readonly ColumnDefinition[] Columns =
    [
        Column(KeyColumn, ColumnKind.Binary),
        Column(ValueColumn, ColumnKind.Binary),
        Column(ReasonColumn, ColumnKind.String),
        Column(TableColumn, ColumnKind.String),
        Column(RuleVersionColumn, ColumnKind.Int),
    ];

    /// <summary>The quarantine as a table with the given sink.</summary>
    public static TableDefinition Create(SinkDefinition sink) =>
        new() { Name = Name, Match = [], Columns = Columns, Sink = sink };

    private static ColumnDefinition Column(string name, ColumnKind kind) =>
        new() { Name = name, Type = new ColumnType(kind), Path = [name] };
}
