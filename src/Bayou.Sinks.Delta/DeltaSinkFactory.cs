using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>Makes sinks of kind <c>delta</c>.</summary>
public sealed class DeltaSinkFactory : ISinkFactory
{
    /// <inheritdoc/>
    public string Kind => "delta";

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options { get; } =
    [
        new()
        {
            Name = DeltaSinkOptionsValidator.PathOption, Type = SinkOptionType.Path, Required = true,
            Description = "Folder of the table; made when it is missing.",
        },
        new()
        {
            Name = DeltaSinkOptionsValidator.PartitionByOption, Type = SinkOptionType.ColumnList,
            Description = "Columns whose values become folders. None by default. A commit writes one file for each combination of values, so choose columns with few.",
        },
        new()
        {
            Name = DeltaSinkOptionsValidator.CheckpointEveryOption, Type = SinkOptionType.Number,
            Description = "Commits from one checkpoint to the next, 1 to 100000. The table's property delta.checkpointInterval by default, else 100.",
        },
        new()
        {
            Name = DeltaSinkOptionsValidator.RowGroupRowsOption, Type = SinkOptionType.Number,
            Description = "Rows at which a row group of a data file ends, at least 1000. 1000000 by default.",
        },
        new()
        {
            Name = DeltaSinkOptionsValidator.TargetFileBytesOption, Type = SinkOptionType.Number,
            Description = "Bytes at which a data file ends and another begins in the same commit, at least 1048576. 134217728 by default.",
        },
        new()
        {
            Name = DeltaSinkOptionsValidator.CompressionOption, Type = SinkOptionType.Text,
            Description = "snappy (the default) or none.",
        },
        new()
        {
            Name = DeltaSinkOptionsValidator.EncodingOption, Type = SinkOptionType.Text,
            Description = "delta (the default): smaller files, for readers from 2022 on. plain: for older ones.",
        },
        new()
        {
            Name = DeltaSinkOptionsValidator.CompactOption, Type = SinkOptionType.Number,
            Description = "Commits after which small files are merged, where as many have the same partition values, 2 to 100000. Never by default.",
        },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table)
    {
        List<string> errors = [];
        DeltaSinkOptionsValidator.Read(table, errors);
        return errors;
    }

    /// <inheritdoc/>
    public ISink Create(SinkContext context)
    {
        List<string> errors = [];
        var options = DeltaSinkOptionsValidator.Read(context.Table, errors);
        if (errors.Count == 0) return new DeltaSink(context, options);
        throw new SinkException(SinkErrorKind.Fatal, $"Table {context.Table.Name} cannot be written to Delta: {string.Join(" ", errors)} The table stops.");
    }
}
