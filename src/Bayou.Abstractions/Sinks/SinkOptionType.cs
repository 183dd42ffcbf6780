namespace Bayou.Sinks;

/// <summary>What kind of value a sink's option takes.</summary>
public enum SinkOptionType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A folder or file; relative ones are meant from the pipeline file's folder.</summary>
    Path,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A length of time: <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c>.</summary>
    Duration,

    /// <summary>A list of column names of the table.</summary>
    ColumnList,
}
