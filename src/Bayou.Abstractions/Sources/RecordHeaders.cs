using System.Buffers.Binary;

namespace Bayou.Sources;

/// <summary>
/// The headers of a record, enumerated in place. Layout: for each header an <c>int32</c> key length, the key in UTF-8, an
/// <c>int32</c> value length (-1: null), the value; integers little-endian.
/// </summary>
public ref struct RecordHeaders
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Headers in the layout above.</summary>
    public RecordHeaders(ReadOnlySpan<byte> encoded) => _rest = encoded;

    /// <summary>The current header's key, in UTF-8.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>The current header's value; empty when it is null.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>False when the current header's value is null.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Goes to the next header; false when there is none.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        Key = Take(ReadLength());
        var length = ReadLength();
        HasValue = length >= 0;
        Value = Take(Math.Max(0, length));
        return true;
    }

    private int ReadLength() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
