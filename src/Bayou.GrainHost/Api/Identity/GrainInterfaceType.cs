namespace Orleans.Runtime;

/// <summary>The name of a grain interface.</summary>
[Immutable]
public readonly struct GrainInterfaceType : IEquatable<GrainInterfaceType>
{
    /// <summary>The interface of the given name.</summary>
    /// <param name="value">The name.</param>
    public GrainInterfaceType(string value) => Value = IdSpan.Create(value);

    /// <summary>The interface of the given name.</summary>
    /// <param name="value">The name.</param>
    public GrainInterfaceType(IdSpan value) => Value = value;

    /// <summary>The name's bytes.</summary>
    public IdSpan Value { get; }

    /// <summary>Whether this is the value that no interface has.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The interface of the given name.</summary>
    /// <param name="value">The name.</param>
    public static GrainInterfaceType Create(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(GrainInterfaceType other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The name.</summary>
    public override string ToString() => Value.ToString();

    /// <summary>Whether both are the same name.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    /// <summary>Whether the names differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);
}
