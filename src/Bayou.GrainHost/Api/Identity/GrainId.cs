namespace Orleans.Runtime;

/// <summary>The identity of a grain: its type and its key, written <c>type/key</c>.</summary>
/// <param name="type">The grain type.</param>
/// <param name="key">The key.</param>
[Immutable]
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>, IComparable<GrainId>
{
    /// <summary>The grain type.</summary>
    public GrainType Type { get; } = type;

    /// <summary>The key.</summary>
    public IdSpan Key { get; } = key;

    /// <summary>Whether this is the identity that no grain has.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    /// <summary>The identity made of the given parts.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key.</param>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>The identity made of the given parts.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key.</param>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new GrainId(type, IdSpan.Create(key));
    }

    /// <summary>The identity made of the given parts.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key.</param>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads <c>type/key</c>; the key may contain further slashes.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="FormatException">There is no slash, or nothing on one of its sides.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new FormatException($"\"{value}\" is not a grain id: type/key is expected.");

    /// <summary>Reads <c>type/key</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="result">The identity, if the text is one.</param>
    public static bool TryParse(string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash <= 0 || slash == value!.Length - 1)
        {
            result = default;
            return false;
        }

        result = Create(value[..slash], value[(slash + 1)..]);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Type.GetHashCode() * 397) ^ Key.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(GrainId other) => Type.CompareTo(other.Type) is var order and not 0 ? order : Key.CompareTo(other.Key);

    /// <summary>The identity as <c>type/key</c>.</summary>
    public override string ToString() => $"{Type}/{Key}";

    /// <summary>Whether both are the same identity.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Whether the identities differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
