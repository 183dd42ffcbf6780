namespace Bayou.PipelineFile.Keys;

/// <summary>Every key of the pipeline file, except the options of sinks, which their factories name.</summary>
internal static class FileKeys
{
    private static readonly FileKey[] ReadingKeys =
    [
        new("topics", KeyShape.TextList, "The topics to read: one name or a list of names.") { Required = true },
        new("start", KeyShape.Start, "Where reading starts when nothing has been committed yet: earliest, latest, an ISO 8601 time, or a mapping with timestamp or offsets. Default earliest."),
        new("end", KeyShape.Choice, "latest: a bounded run that ends where each partition ended when it began. Without it reading goes on.") { Choices = ["latest"] },
        new("onDataLoss", KeyShape.Choice, "What happens when unread records are gone from the source: stop (the partition waits for an operator) or continue (the lost range is noted). Default stop.") { Choices = ["stop", "continue"] },
    ];

    public static readonly KeyTable Start = new("'start'",
    [
        new("timestamp", KeyShape.Instant, "Start at the first record with this time or a later one: ISO 8601, UTC unless an offset is given, or milliseconds since 1970."),
        new("offsets", KeyShape.Offsets, "Start at the offset given for each topic/partition; partitions that are not named start at their beginning."),
    ]);

    public static readonly KeyTable Kafka = new("a kafka source",
    [
        new("bootstrapServers", KeyShape.TextList, "host:port of some brokers: text with commas between, or a list. The same as the property bootstrap.servers.") { Required = true },
        new(KafkaProperties.Client, KeyShape.Choice, "Which client reads: managed (C#, nothing native) or librdkafka. Default managed, or librdkafka when an option needs it, such as Kerberos.") { Choices = KafkaProperties.Clients },
        .. ReadingKeys,
    ]);

    /// <summary>Keys of sources other than Kafka; whatever else they are given is passed to them.</summary>
    public static readonly KeyTable OtherSource = new("a source", ReadingKeys);

    public static readonly KeyTable Route = new("'route'",
    [
        new("field", KeyShape.FieldPath, "Path of the field whose value chooses the table.") { Required = true },
        new("unmatched", KeyShape.Text, "Where events go that no table matches: quarantine, filter (dropped on purpose), or a table's name. Default quarantine."),
    ]);

    public static readonly KeyTable Commit = new("'commit'",
    [
        new("every", KeyShape.Duration, "Longest time from the first accepted row to the commit, 10ms to 1h. Default 1s. Small values make many small files."),
        new("rows", KeyShape.Count, "Rows at which a commit starts at once, at least 1. Default 500000."),
        new("bytes", KeyShape.Size, "Accepted bytes at which a commit starts at once, at least 1MiB. Default 64MiB."),
    ]);

    public static readonly KeyTable Column = new("a column",
    [
        new("type", KeyShape.ColumnType, "The column's type.") { Required = true },
        new("from", KeyShape.FieldPath, "Path of the value in the event: names with dots between (\\. for a dot in a name), or a list of names. Default: the column's name, as one name."),
        new("required", KeyShape.Flag, "true: an event without a value here goes to quarantine. Default false: a missing value is null."),
    ]);

    public static readonly KeyTable Table = new("a table",
    [
        new("match", KeyShape.TextList, "Values of the route's field that this table takes: one or a list. May be left out only for the table that unmatched names."),
        new("columns", KeyShape.Columns, "The table's columns by name: a type, or a mapping with type, from and required.") { Required = true },
        new("sink", KeyShape.Sink, "Where rows go: one kind of sink with its options.") { Required = true },
        new("commit", KeyShape.Section, "When accepted rows are committed: at whichever bound is reached first.") { Section = Commit },
        new("metadata", KeyShape.Flag, "Whether rows carry _topic, _partition, _offset and _timestamp. Default true. Without _offset the ledger cannot check the table."),
        new("previousName", KeyShape.Name, "The name that this table had before, when it was renamed."),
        new("backfill", KeyShape.Flag, "For a table added to a running pipeline: true starts it at the pipeline's start, false where the other tables are. Default false."),
    ]);

    public static readonly KeyTable Pipeline = new("a pipeline",
    [
        new("name", KeyShape.Name, "The pipeline's name: part of the identity of what its sinks have committed.") { Required = true },
        new("previousName", KeyShape.Name, "No effect yet: a pipeline cannot be renamed."),
        new("source", KeyShape.Source, "Where events come from: one kind of source with its options.") { Required = true },
        new("route", KeyShape.Section, "How a table is chosen for an event.") { Required = true, Section = Route },
        new("quarantine", KeyShape.Sink, "Where records are kept whole that cannot become rows: one kind of sink with its options.") { Required = true },
        new("tables", KeyShape.Tables, "The tables by name; at least one.") { Required = true },
    ]);

    /// <summary>Every table of keys.</summary>
    public static readonly IReadOnlyList<KeyTable> All = [Pipeline, Kafka, Start, Route, Table, Column, Commit];
}
