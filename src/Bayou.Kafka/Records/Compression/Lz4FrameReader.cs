using System.Buffers.Binary;

namespace Bayou.Kafka.Records.Compression;

/// <summary>Reads the fields of an LZ4 frame, little-endian; throws where the data ends too early.</summary>
internal ref struct Lz4FrameReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>True when nothing is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>A number of 4 bytes.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)_rest.Length) throw new DecompressionException($"its LZ4 data ends within a field of {count} bytes, of which it has {_rest.Length}");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
