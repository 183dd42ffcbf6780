namespace Bayou.Parquet;

/// <summary>A node of a schema: a group with children, or a leaf with values.</summary>
public sealed class SchemaNode
{
    private SchemaNode(string name, Repetition repetition, IReadOnlyList<SchemaNode> children)
    {
        (Name, Repetition, Children) = (name, repetition, children);
    }

    /// <summary>Name within the parent.</summary>
    public string Name { get; }

    /// <summary>How often it occurs in its parent.</summary>
    public Repetition Repetition { get; }

    /// <summary>Children of a group; empty for a leaf.</summary>
    public IReadOnlyList<SchemaNode> Children { get; }

    /// <summary>How a leaf is stored; null for a group.</summary>
    public PhysicalType? Physical { get; private init; }

    /// <summary>Meaning of the values.</summary>
    public LogicalType Logical { get; private init; }

    /// <summary>Bytes of a value of <see cref="PhysicalType.FixedLenByteArray"/>; 0 for other types.</summary>
    public int TypeLength { get; private init; }

    /// <summary>Number that identifies the field across renames; null when it has none.</summary>
    public int? FieldId { get; private init; }

    /// <summary>True for a leaf.</summary>
    public bool IsLeaf => Physical is not null;

    /// <summary>A group of any fields.</summary>
    public static SchemaNode Group(string name, Repetition repetition, params SchemaNode[] children) =>
        Group(name, repetition, default, children);

    /// <summary>A leaf of the given physical and logical type.</summary>
    public static SchemaNode Leaf(
        string name, Repetition repetition, PhysicalType physical, LogicalType logical = default, int typeLength = 0, int? fieldId = null) =>
        new(name, repetition, []) { Physical = physical, Logical = logical, TypeLength = typeLength, FieldId = fieldId };

    /// <summary>
    /// A map in the three-level form of the format's <c>LogicalTypes.md</c>: <c>name (MAP) { repeated group key_value { required key; value } }</c>.
    /// </summary>
    /// <param name="name">Name of the map.</param>
    /// <param name="repetition">Required, or optional for a map that may be null.</param>
    /// <param name="key">A required node named <c>key</c>.</param>
    /// <param name="value">A node named <c>value</c>.</param>
    public static SchemaNode Map(string name, Repetition repetition, SchemaNode key, SchemaNode value) =>
        Group(name, repetition, new LogicalType(LogicalKind.Map), [Group("key_value", Repetition.Repeated, key, value)]);

    /// <summary>
    /// A list in the three-level form of the format's <c>LogicalTypes.md</c>: <c>name (LIST) { repeated group list { element } }</c>.
    /// </summary>
    /// <param name="name">Name of the list.</param>
    /// <param name="repetition">Required, or optional for a list that may be null.</param>
    /// <param name="element">A node named <c>element</c>.</param>
    public static SchemaNode List(string name, Repetition repetition, SchemaNode element) =>
        Group(name, repetition, new LogicalType(LogicalKind.List), [Group("list", Repetition.Repeated, element)]);

    /// <summary>A leaf of booleans.</summary>
    public static SchemaNode Boolean(string name, Repetition repetition) => Leaf(name, repetition, PhysicalType.Boolean);

    /// <summary>A leaf of 32-bit integers.</summary>
    public static SchemaNode Int32(string name, Repetition repetition) => Leaf(name, repetition, PhysicalType.Int32);

    /// <summary>A leaf of 64-bit integers.</summary>
    public static SchemaNode Int64(string name, Repetition repetition) => Leaf(name, repetition, PhysicalType.Int64);

    /// <summary>A leaf of single-precision numbers.</summary>
    public static SchemaNode Float(string name, Repetition repetition) => Leaf(name, repetition, PhysicalType.Float);

    /// <summary>A leaf of double-precision numbers.</summary>
    public static SchemaNode Double(string name, Repetition repetition) => Leaf(name, repetition, PhysicalType.Double);

    /// <summary>A leaf of bytes without further meaning.</summary>
    public static SchemaNode Binary(string name, Repetition repetition) => Leaf(name, repetition, PhysicalType.ByteArray);

    /// <summary>A leaf of UTF-8 text.</summary>
    public static SchemaNode String(string name, Repetition repetition) =>
        Leaf(name, repetition, PhysicalType.ByteArray, new LogicalType(LogicalKind.String));

    /// <summary>A leaf of days since 1970-01-01, as <see cref="int"/>.</summary>
    public static SchemaNode Date(string name, Repetition repetition) =>
        Leaf(name, repetition, PhysicalType.Int32, new LogicalType(LogicalKind.Date));

    /// <summary>A leaf of microseconds since 1970-01-01T00:00:00Z, as <see cref="long"/>.</summary>
    public static SchemaNode TimestampMicros(string name, Repetition repetition) =>
        Leaf(name, repetition, PhysicalType.Int64,
            new LogicalType(LogicalKind.Timestamp) { Unit = TimeUnit.Microseconds, IsAdjustedToUtc = true });

    /// <summary>
    /// A leaf of unscaled decimals: stored as <see cref="PhysicalType.Int32"/> up to 9 digits, <see cref="PhysicalType.Int64"/> up to 18, and as
    /// big-endian bytes of the least sufficient length above.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The precision is not 1 to 38, or the scale not 0 to the precision.</exception>
    public static SchemaNode Decimal(string name, Repetition repetition, int precision, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 38);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        var logical = new LogicalType(LogicalKind.Decimal) { Precision = precision, Scale = scale };
        return precision switch
        {
            <= 9 => Leaf(name, repetition, PhysicalType.Int32, logical),
            <= 18 => Leaf(name, repetition, PhysicalType.Int64, logical),
            _ => Leaf(name, repetition, PhysicalType.FixedLenByteArray, logical, DecimalBytes(precision)),
        };
    }

    internal static SchemaNode Group(
        string name, Repetition repetition, LogicalType logical, IReadOnlyList<SchemaNode> children, int? fieldId = null) =>
        new(name, repetition, children) { Logical = logical, FieldId = fieldId };

    /// <summary>Bytes that a two's complement number of so many decimal digits needs.</summary>
    private static int DecimalBytes(int precision) => (int)Math.Ceiling((precision * Math.Log2(10) + 1) / 8);
}
