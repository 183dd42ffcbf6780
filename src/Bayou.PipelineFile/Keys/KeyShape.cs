namespace Bayou.PipelineFile.Keys;

/// <summary>What a key of the pipeline file takes.</summary>
internal enum KeyShape
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>The name of a pipeline or table.</summary>
    Name,

    /// <summary>Text, or a list of it.</summary>
    TextList,

    /// <summary>A path into an event: dotted text, or a list of names.</summary>
    FieldPath,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A length of time.</summary>
    Duration,

    /// <summary>A size in bytes.</summary>
    Size,

    /// <summary>A whole number, at least 1.</summary>
    Count,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A column type.</summary>
    ColumnType,

    /// <summary>A mapping with keys of its own.</summary>
    Section,

    /// <summary>A mapping from names of tables to tables.</summary>
    Tables,

    /// <summary>A mapping from names of columns to a type or a mapping.</summary>
    Columns,

    /// <summary>A mapping with one key, the kind of sink.</summary>
    Sink,

    /// <summary>A mapping with one key, the kind of source.</summary>
    Source,

    /// <summary>A word, an instant, or a mapping: where reading starts.</summary>
    Start,

    /// <summary>An instant.</summary>
    Instant,

    /// <summary>A mapping from <c>topic/partition</c> to an offset.</summary>
    Offsets,
}
