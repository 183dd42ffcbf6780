namespace Bayou.Definitions;

/// <summary>The value types that a column can have. The numbers are wire format.</summary>
public enum ColumnKind
{
    /// <summary>UTF-8 text.</summary>
    String = 0,

    /// <summary>32-bit signed integer.</summary>
    Int = 1,

    /// <summary>64-bit signed integer.</summary>
    Long = 2,

    /// <summary>32-bit IEEE 754 number.</summary>
    Float = 3,

    /// <summary>64-bit IEEE 754 number.</summary>
    Double = 4,

    /// <summary>Exact decimal number with a precision of 1 to 38 digits and a scale of 0 to the precision.</summary>
    Decimal = 5,

    /// <summary>True or false.</summary>
    Bool = 6,

    /// <summary>An instant in microseconds since 1970-01-01T00:00:00Z.</summary>
    Timestamp = 7,

    /// <summary>A calendar day, in days since 1970-01-01.</summary>
    Date = 8,

    /// <summary>Bytes.</summary>
    Binary = 9,

    /// <summary>A JSON sub-document, kept as its text.</summary>
    Json = 10,
}
