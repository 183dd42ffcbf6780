namespace Orleans.Runtime;

/// <summary>The name that all grains of one class share.</summary>
/// <param name="id">The name.</param>
[Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>
{
    /// <summary>The name's bytes.</summary>
    public IdSpan Value { get; } = id;

    /// <summary>Whether this is the value that no class has.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The grain type of the given name.</summary>
    /// <param name="value">The name.</param>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainType(IdSpan.Create(value));
    }

    /// <summary>The name's bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => Value.AsSpan();

    /// <inheritdoc/>
    public bool Equals(GrainType obj) => Value.Equals(obj.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    /// <summary>The name.</summary>
    public override string ToString() => Value.ToString();

    /// <summary>Whether both are the same name.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Whether the names differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
