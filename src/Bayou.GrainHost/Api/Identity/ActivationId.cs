namespace Orleans.Runtime;

/// <summary>The identity of one activation of a grain.</summary>
/// <param name="key">A random number.</param>
[Immutable]
public readonly struct ActivationId(Guid key) : IEquatable<ActivationId>
{
    private readonly Guid _key = key;

    /// <summary>Whether this is the identity that no activation has.</summary>
    public bool IsDefault => _key == Guid.Empty;

    /// <summary>A new identity.</summary>
    public static ActivationId NewId() => new(Guid.NewGuid());

    /// <inheritdoc/>
    public bool Equals(ActivationId other) => _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    /// <summary>The identity, starting with @.</summary>
    public override string ToString() => $"@{_key:N}";

    /// <summary>Whether both are the same activation.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    /// <summary>Whether they are different activations.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);
}
