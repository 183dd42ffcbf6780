using System.Buffers.Binary;

namespace Bayou.Kafka.Records.Compression;

/// <summary>What the header of an LZ4 frame says.</summary>
internal readonly struct Lz4FrameHeader
{
    /// <summary>Most bytes of a block before compression.</summary>
    public int MaxBlockBytes { get; private init; }

    /// <summary>True when blocks repeat bytes of those before.</summary>
    public bool AreBlocksLinked { get; private init; }

    /// <summary>True when a checksum of 4 bytes follows each block.</summary>
    public bool HasBlockChecksums { get; private init; }

    /// <summary>True when a checksum of 4 bytes follows the last block.</summary>
    public bool HasContentChecksum { get; private init; }

    /// <summary>Bytes that the frame becomes, if it tells.</summary>
    public ulong? ContentBytes { get; private init; }

    /// <summary>Reads the header behind the magic number.</summary>
    /// <exception cref="DecompressionException">It is none, or asks for what this client does not have.</exception>
    public static Lz4FrameHeader Read(ref Lz4FrameReader reader)
    {
        var described = reader.Rest;
        var bytes = reader.Take(2);
        var (flags, sizes) = (bytes[0], bytes[1]);
        if (flags >> 6 != 1) throw new DecompressionException(CorruptRecordsKind.UnsupportedFormat, $"its LZ4 data has version {flags >> 6} and this client reads version 1");
        if ((flags & 1) != 0) throw new DecompressionException(CorruptRecordsKind.UnsupportedFormat, "its LZ4 data needs a dictionary, which nobody can give");
        if ((flags & 2) != 0 || (sizes & 0x8f) != 0 || sizes >> 4 < 4) throw new DecompressionException($"its LZ4 frame has the impossible flags 0x{flags:x2} 0x{sizes:x2}");
        ulong? content = (flags & 8) != 0 ? BinaryPrimitives.ReadUInt64LittleEndian(reader.Take(8)) : null;
        var hash = XxHash32.OfShort(described[..(described.Length - reader.Rest.Length)]);
        if (reader.Take(1)[0] != (byte)(hash >> 8)) throw new DecompressionException("the header of its LZ4 frame does not match its checksum");
        return new Lz4FrameHeader
        {
            MaxBlockBytes = 1 << 8 + 2 * (sizes >> 4),
            AreBlocksLinked = (flags & 0x20) == 0,
            HasBlockChecksums = (flags & 0x10) != 0,
            ContentBytes = content,
            HasContentChecksum = (flags & 4) != 0,
        };
    }
}
