namespace Bayou.Sources;

/// <summary>
/// The headers of a record, enumerated in place. Layout as in Kafka's record format: for each header the key's length, the key in UTF-8, the
/// value's length (-1: null), the value; lengths are zig-zag variable-length integers.
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

    private int ReadLength()
    {
        var value = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(1)[0];
            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80) return (int)(value >> 1) ^ -(int)(value & 1);
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
