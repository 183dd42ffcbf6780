namespace Bayou.Sinks.Postgres;

/// <summary>How a value is written in PostgreSQL's binary COPY format.</summary>
internal enum WireType
{
    /// <summary>Bytes as they are: text, json and bytea.</summary>
    Bytes,

    /// <summary>The format's version, then JSON text.</summary>
    Jsonb,

    /// <summary>One byte.</summary>
    Bool,

    /// <summary>32-bit integer.</summary>
    Int4,

    /// <summary>64-bit integer.</summary>
    Int8,

    /// <summary>32-bit IEEE 754 number.</summary>
    Float4,

    /// <summary>64-bit IEEE 754 number.</summary>
    Float8,

    /// <summary>Groups of four decimal digits.</summary>
    Numeric,

    /// <summary>Microseconds since 2000-01-01.</summary>
    Timestamp,

    /// <summary>Days since 2000-01-01.</summary>
    Date,
}
