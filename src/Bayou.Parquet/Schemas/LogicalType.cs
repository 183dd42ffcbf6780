namespace Bayou.Parquet;

/// <summary>The logical type of a node with its parameters; those that do not belong to the kind are zero.</summary>
public readonly record struct LogicalType(LogicalKind Kind)
{
    /// <summary>Digits of a decimal in all, at least 1.</summary>
    public int Precision { get; init; }

    /// <summary>Digits of a decimal after the point, 0 to <see cref="Precision"/>.</summary>
    public int Scale { get; init; }

    /// <summary>Unit of a time or timestamp.</summary>
    public TimeUnit Unit { get; init; }

    /// <summary>True when a time or timestamp is an instant, counted in UTC; false when it is a local time of no zone.</summary>
    public bool IsAdjustedToUtc { get; init; }

    /// <summary>Bits of an integer: 8, 16, 32 or 64.</summary>
    public int Bits { get; init; }

    /// <summary>True when an integer has a sign.</summary>
    public bool IsSigned { get; init; }

    /// <summary>True when values order as unsigned numbers.</summary>
    internal bool IsUnsigned => Kind == LogicalKind.Integer && !IsSigned;

    /// <summary>True when the bytes are UTF-8.</summary>
    internal bool IsText => Kind is LogicalKind.String or LogicalKind.Json or LogicalKind.Enum;
}
