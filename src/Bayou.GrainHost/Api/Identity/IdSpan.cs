using System.Text;

namespace Orleans.Runtime;

/// <summary>A grain key or grain type as UTF-8 bytes, with its hash.</summary>
[Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly byte[]? _value;
    private readonly int _hash;

    /// <summary>Takes the bytes over; the caller does not modify them afterwards.</summary>
    /// <param name="value">The UTF-8 bytes.</param>
    public IdSpan(byte[] value)
    {
        _value = value;
        var hash = default(HashCode);
        hash.AddBytes(value);
        _hash = hash.ToHashCode();
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Whether this is the value that no grain has.</summary>
    public bool IsDefault => _value is null || _value.Length == 0;

    /// <summary>The key as bytes of the given text.</summary>
    /// <param name="id">The text; null gives the default value.</param>
    public static IdSpan Create(string id) => id is null ? default : new IdSpan(Encoding.UTF8.GetBytes(id));

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) =>
        ReferenceEquals(_value, obj._value) || (_hash == obj._hash && AsSpan().SequenceEqual(obj.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <summary>The text.</summary>
    public override string ToString() => _value is null ? string.Empty : Encoding.UTF8.GetString(_value);

    /// <summary>Whether both have the same bytes.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
