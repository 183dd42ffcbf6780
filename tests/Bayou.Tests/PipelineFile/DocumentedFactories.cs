using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Tests.PipelineFile;

/// <summary>The sinks and sources that the committed schema and docs/configuration.md describe.</summary>
internal static class DocumentedFactories
{
    public static readonly IReadOnlyList<ISinkFactory> Sinks =
    [
        new StandInSinkFactory
        {
            Kind = "delta",
            Options =
            [
                Option("path", SinkOptionType.Path, "Folder of the table; made when it is missing.", required: true),
                Option("partitionBy", SinkOptionType.ColumnList, "Columns whose values become folders. None by default. A commit writes one file for each combination of values, so choose columns with few."),
                Option("checkpointEvery", SinkOptionType.Number, "Commits from one checkpoint to the next, 1 to 100000. The table's property delta.checkpointInterval by default, else 100."),
                Option("rowGroupRows", SinkOptionType.Number, "Rows at which a row group of a data file ends, at least 1000. 1000000 by default."),
                Option("targetFileBytes", SinkOptionType.Number, "Bytes at which a data file ends and another begins in the same commit, at least 1048576. 134217728 by default."),
                Option("compression", SinkOptionType.Text, "snappy (the default) or none."),
                Option("encoding", SinkOptionType.Text, "delta (the default): smaller files, for readers from 2022 on. plain: for older ones."),
                Option("compact", SinkOptionType.Number, "Commits after which small files are merged, where as many have the same partition values, 2 to 100000. Never by default."),
            ],
        },
        new StandInSinkFactory
        {
            Kind = "postgres",
            Options =
            [
                Option("connection", SinkOptionType.Text, "Npgsql connection string: Host=db;Database=shop;Username=bayou;Password=${PGPASSWORD}. Never printed.", required: true),
                Option("table", SinkOptionType.Text, "The table, or schema.table; names with dots in double quotes. Made when it is missing.", required: true),
                Option("offsetsSchema", SinkOptionType.Text, "Schema of bayou_tables, bayou_offsets and bayou_rejected. The first of the connection's search path by default. Must stay the same."),
                Option("lockTimeout", SinkOptionType.Duration, "How long a statement waits for a lock, 100ms to 1h. 10s by default."),
                Option("idleTimeout", SinkOptionType.Duration, "How long a writer that stands still keeps its locks, 1s to 1h. 30s by default."),
            ],
        },
        new StandInSinkFactory
        {
            Kind = "console",
            Options =
            [
                Option("format", SinkOptionType.Text, "pretty (the default), or json: an object a line."),
                Option("limit", SinkOptionType.Number, "Rows to print from when the table opens; further ones are taken and not printed. All of them by default."),
            ],
        },
        new StandInSinkFactory
        {
            Kind = "memory",
            Options =
            [
                Option("rows", SinkOptionType.Number, "Most rows to hold, 1 to 10000000; the oldest ones are let go of. 10000 by default."),
                Option("bytes", SinkOptionType.Number, "Most bytes to hold, at least 1024. 67108864 by default."),
            ],
        },
    ];

    public static readonly IReadOnlyList<ISourceFactory> Sources = [new StandInSourceFactory("kafka")];

    private static SinkOption Option(string name, SinkOptionType type, string description, bool required = false) =>
        new() { Name = name, Type = type, Required = required, Description = description };
}
