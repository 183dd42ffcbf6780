namespace Bayou.Definitions;

/// <summary>The type of a column: its kind and, for decimals, precision and scale.</summary>
[GenerateSerializer, Immutable, Alias("bayou.ColumnType")]
public readonly record struct ColumnType
{
    /// <summary>A type without precision and scale.</summary>
    public ColumnType(ColumnKind kind) => Kind = kind;

    /// <summary>A decimal of <paramref name="precision"/> digits, <paramref name="scale"/> of them after the point.</summary>
    public ColumnType(ColumnKind kind, int precision, int scale) => (Kind, Precision, Scale) = (kind, precision, scale);

    /// <summary>The kind of value.</summary>
    [Id(0)] public ColumnKind Kind { get; init; }

    /// <summary>Digits in all, 1 to 38; 0 unless the kind is decimal.</summary>
    [Id(1)] public int Precision { get; init; }

    /// <summary>Digits after the point; 0 unless the kind is decimal.</summary>
    [Id(2)] public int Scale { get; init; }

    /// <summary>Bytes of one value in a <see cref="Slices.RowBlock"/>; 0 for kinds of variable length.</summary>
    public int FixedWidth => Kind switch
    {
        ColumnKind.Bool => 1,
        ColumnKind.Int or ColumnKind.Float or ColumnKind.Date => 4,
        ColumnKind.Long or ColumnKind.Double or ColumnKind.Timestamp => 8,
        ColumnKind.Decimal => Precision <= 18 ? 8 : 16,
        _ => 0,
    };

    /// <summary>The type as the pipeline file spells it, for example <c>decimal(12,2)</c>.</summary>
    public override string ToString() =>
        Kind == ColumnKind.Decimal ? $"decimal({Precision},{Scale})" : Kind.ToString().ToLowerInvariant();
}
