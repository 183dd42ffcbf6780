namespace Bayou.Parquet;

/// <summary>What is known of the values of a column, in a row group or in a file.</summary>
public sealed class ColumnStatistics
{
    /// <summary>Entries that hold no value: nulls and, in nested columns, whatever is missing. Null when unknown.</summary>
    public long? NullCount { get; init; }

    /// <summary>
    /// Least value in the PLAIN encoding without length (a boolean is one byte); null when unknown: there is no value, or one is NaN.
    /// When not <see cref="IsMinExact"/>, a lower bound: a prefix of the least value.
    /// </summary>
    public byte[]? Min { get; init; }

    /// <summary>
    /// Greatest value, encoded likewise. When not <see cref="IsMaxExact"/>, of a file just written it is a <em>prefix</em> of the greatest value, hence not
    /// an upper bound; of a file read it is an upper bound.
    /// </summary>
    public byte[]? Max { get; init; }

    /// <summary>True when <see cref="Min"/> is a value of the column.</summary>
    public bool IsMinExact { get; init; }

    /// <summary>True when <see cref="Max"/> is a value of the column.</summary>
    public bool IsMaxExact { get; init; }

    /// <summary>True when both bounds are known.</summary>
    public bool HasBounds => Min is not null && Max is not null;

    /// <summary>The minimum of a boolean (as <see cref="byte"/>), <see cref="int"/>, <see cref="long"/>, <see cref="float"/>, <see cref="double"/>
    /// or decimal of fixed length (as <see cref="Int128"/>, unscaled).</summary>
    /// <exception cref="InvalidOperationException">The bounds are not known, or not of that width.</exception>
    public T MinAs<T>() where T : unmanaged => BoundValue.Read<T>(Min);

    /// <summary>The maximum, likewise.</summary>
    /// <exception cref="InvalidOperationException">The bounds are not known, or not of that width.</exception>
    public T MaxAs<T>() where T : unmanaged => BoundValue.Read<T>(Max);
}
