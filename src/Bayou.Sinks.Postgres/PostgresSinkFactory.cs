using Bayou.Definitions;

namespace Bayou.Sinks.Postgres;

/// <summary>Makes sinks of kind <c>postgres</c>.</summary>
public sealed class PostgresSinkFactory : ISinkFactory
{
    /// <inheritdoc/>
    public string Kind => "postgres";

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options { get; } =
    [
        new()
        {
            Name = PostgresSinkOptions.ConnectionName, Type = SinkOptionType.Text, Required = true,
            Description = "Npgsql connection string: Host=db;Database=shop;Username=bayou;Password=${PGPASSWORD}. Never printed.",
        },
        new()
        {
            Name = PostgresSinkOptions.TableOption, Type = SinkOptionType.Text, Required = true,
            Description = "The table, or schema.table; names with dots in double quotes. Made when it is missing.",
        },
        new()
        {
            Name = PostgresSinkOptionsValidator.OffsetsSchemaOption, Type = SinkOptionType.Text,
            Description = "Schema of bayou_tables, bayou_offsets and bayou_rejected. The first of the connection's search path by default. Must stay the same.",
        },
        new()
        {
            Name = PostgresSinkOptionsValidator.LockTimeoutOption, Type = SinkOptionType.Duration,
            Description = "How long a statement waits for a lock, 100ms to 1h. 10s by default.",
        },
        new()
        {
            Name = PostgresSinkOptionsValidator.IdleTimeoutOption, Type = SinkOptionType.Duration,
            Description = "How long a writer that stands still keeps its locks, 1s to 1h. 30s by default.",
        },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table)
    {
        List<string> errors = [];
        PostgresSinkOptionsValidator.Read(table, errors);
        return errors;
    }

    /// <inheritdoc/>
    public ISink Create(SinkContext context)
    {
        List<string> errors = [];
        var options = PostgresSinkOptionsValidator.Read(context.Table, errors);
        if (errors.Count == 0) return new PostgresSink(context, options);
        throw new SinkException(SinkErrorKind.Fatal, $"Table {context.Table.Name} cannot be written to PostgreSQL: {string.Join(" ", errors)} The table stops.");
    }
}
