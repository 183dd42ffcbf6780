using System.Globalization;
using Bayou.Definitions;
using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>Reads the options of a table, and says what is wrong with them or with the table's columns.</summary>
internal static class PostgresSinkOptionsValidator
{
    public const string OffsetsSchemaOption = "offsetsSchema";
    public const string LockTimeoutOption = "lockTimeout";
    public const string IdleTimeoutOption = "idleTimeout";

    private static readonly string[] MetadataNames =
        [MetadataColumns.Topic, MetadataColumns.Partition, MetadataColumns.Offset, MetadataColumns.Timestamp, MetadataColumns.Generation];

    /// <summary>The options; what is wrong is added to <paramref name="errors"/>, and has its default in the result.</summary>
    public static PostgresSinkOptions Read(TableDefinition table, List<string> errors)
    {
        CheckColumns(table, errors);
        return Read(table.Sink, errors);
    }

    /// <summary>The options; what is wrong is added to <paramref name="errors"/>, and has its default in the result.</summary>
    public static PostgresSinkOptions Read(SinkDefinition sink, List<string> errors)
    {
        var options = sink.Options;
        var connection = options.GetValueOrDefault(PostgresSinkOptions.ConnectionName, "");
        CheckConnection(connection, errors);
        var text = options.GetValueOrDefault(PostgresSinkOptions.TableOption, "");
        if (!TableName.TryParse(text, out var name))
            errors.Add($"{PostgresSinkOptions.TableOption} is '{text}'; it is a table or schema.table, each name 1 to {TableName.MostBytes} bytes long, in double quotes where it has dots or quotes.");
        var schema = options.GetValueOrDefault(OffsetsSchemaOption);
        if (schema is not null && !TableName.IsName(schema)) errors.Add($"{OffsetsSchemaOption} is '{schema}'; it is the name of a schema, 1 to {TableName.MostBytes} bytes long.");
        var defaults = new PostgresSinkOptions { Connection = "", Table = name ?? new TableName(null, "") };
        return new PostgresSinkOptions
        {
            Connection = connection,
            Table = defaults.Table,
            OffsetsSchema = schema,
            LockTimeout = Duration(options, LockTimeoutOption, TimeSpan.FromMilliseconds(100), errors) ?? defaults.LockTimeout,
            IdleTimeout = Duration(options, IdleTimeoutOption, TimeSpan.FromSeconds(1), errors) ?? defaults.IdleTimeout,
        };
    }

    // What Npgsql says of a bad connection string may quote part of a password, so it is not passed on.
    private static void CheckConnection(string connection, List<string> errors)
    {
        try
        {
            if (!string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host)) return;
            errors.Add($"{PostgresSinkOptions.ConnectionName} must be given, with a Host: Host=db;Database=shop;Username=bayou;Password=...");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            errors.Add($"{PostgresSinkOptions.ConnectionName} cannot be read: a keyword is unknown, or a value is of the wrong kind or needs quotes. It looks like Host=db;Database=shop;Username=bayou;Password=...");
        }
    }

    private static void CheckColumns(TableDefinition table, List<string> errors)
    {
        var names = new HashSet<string>(table.Metadata ? MetadataNames : [], StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            if (!TableName.IsName(column.Name)) errors.Add($"Column {column.Name}: a column's name in PostgreSQL has 1 to {TableName.MostBytes} bytes.");
            if (!names.Add(column.Name)) errors.Add($"Column {column.Name}: another column, or a metadata column, has this name.");
        }

        if (names.Count == 0) errors.Add("The table has no columns; it needs at least one.");
    }

    private static TimeSpan? Duration(Dictionary<string, string> options, string name, TimeSpan least, List<string> errors)
    {
        if (!options.TryGetValue(name, out var text)) return null;
        if (DurationText.TryParse(text, out var value) && value >= least && value <= TimeSpan.FromHours(1)) return value;
        errors.Add($"{name} is {text}; it is a length of time from {least.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}ms to 1h.");
        return null;
    }
}
