namespace Bayou.Parquet;

/// <summary>What a node's values mean. The numbers are the field ids of the union <c>LogicalType</c> in <c>parquet.thrift</c>.</summary>
public enum LogicalKind
{
    /// <summary>Nothing beyond the physical type.</summary>
    None = 0,

    /// <summary>UTF-8 text.</summary>
    String = 1,

    /// <summary>A group of repeated key and value pairs.</summary>
    Map = 2,

    /// <summary>A group of repeated elements.</summary>
    List = 3,

    /// <summary>UTF-8 text out of a small set.</summary>
    Enum = 4,

    /// <summary>An unscaled integer with a precision and a scale.</summary>
    Decimal = 5,

    /// <summary>Days since 1970-01-01.</summary>
    Date = 6,

    /// <summary>Time of day.</summary>
    Time = 7,

    /// <summary>A point in time.</summary>
    Timestamp = 8,

    /// <summary>An integer of given width and sign.</summary>
    Integer = 10,

    /// <summary>Always null.</summary>
    Unknown = 11,

    /// <summary>JSON text.</summary>
    Json = 12,

    /// <summary>A BSON document.</summary>
    Bson = 13,

    /// <summary>16 bytes of a UUID, big-endian.</summary>
    Uuid = 14,

    /// <summary>IEEE 754 half precision in two bytes.</summary>
    Float16 = 15,

    /// <summary>An annotation that this reader does not know; the values are read by their physical type.</summary>
    Other = 255,
}
