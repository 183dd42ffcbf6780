using System.Buffers.Binary;
using System.Numerics;

namespace Bayou.Kafka.Records.Compression;

/// <summary>XXH32 with seed 0 of up to 15 bytes, which is all that the header of an LZ4 frame has.</summary>
internal static class XxHash32
{
    /// <summary>Most bytes that it can hash.</summary>
    public const int MostBytes = 15;

    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;

    /// <summary>The hash of at most <see cref="MostBytes"/> bytes.</summary>
    public static uint OfShort(ReadOnlySpan<byte> data)
    {
        var hash = Prime5 + (uint)data.Length;
        for (; data.Length >= 4; data = data[4..])
            hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime3, 17) * Prime4;
        foreach (var one in data) hash = BitOperations.RotateLeft(hash + one * Prime5, 11) * Prime1;
        hash = (hash ^ hash >> 15) * Prime2;
        hash = (hash ^ hash >> 13) * Prime3;
        return hash ^ hash >> 16;
    }
}
