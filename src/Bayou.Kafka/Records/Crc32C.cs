using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bayou.Kafka.Records;

/// <summary>
/// CRC-32C as in record batches. Processors compute it 8 bytes at a time but need several cycles until a result can be used again, so three stretches are
/// computed side by side and then put together.
/// </summary>
internal static class Crc32C
{
    private const int StretchBytes = 1024;
    private const uint Polynomial = 0x82F63B78;

    // Four tables of 256: what each byte of a checksum becomes when StretchBytes zero bytes follow.
    private static readonly uint[] AfterStretch = CreateTables();

    /// <summary>The checksum of <paramref name="data"/>.</summary>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        while (data.Length >= 3 * StretchBytes)
        {
            crc = ThreeStretches(crc, data);
            data = data[(3 * StretchBytes)..];
        }

        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(data)) crc = BitOperations.Crc32C(crc, Little(eight));
        foreach (var one in data[(data.Length & ~7)..]) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }

    private static uint ThreeStretches(uint crc, ReadOnlySpan<byte> data)
    {
        const int Steps = StretchBytes / sizeof(ulong);
        ref var start = ref MemoryMarshal.GetReference(data);
        var (second, third) = (0u, 0u);
        for (nuint at = 0; at < Steps * sizeof(ulong); at += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, Load(ref start, at));
            second = BitOperations.Crc32C(second, Load(ref start, at + StretchBytes));
            third = BitOperations.Crc32C(third, Load(ref start, at + 2 * StretchBytes));
        }

        return Shift(Shift(crc) ^ second) ^ third;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte start, nuint at) => Little(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Little(ulong value) => BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);

    private static uint Shift(uint crc) =>
        AfterStretch[crc & 0xff] ^ AfterStretch[256 + (crc >> 8 & 0xff)] ^ AfterStretch[512 + (crc >> 16 & 0xff)] ^ AfterStretch[768 + (crc >> 24)];

    private static uint[] CreateTables()
    {
        // A checksum is linear: what becomes of 32 single bits tells what becomes of all values.
        Span<uint> bits = stackalloc uint[32];
        for (var bit = 0; bit < 32; bit++)
        {
            var crc = 1u << bit;
            for (var i = 0; i < StretchBytes * 8; i++) crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            bits[bit] = crc;
        }

        var tables = new uint[4 * 256];
        for (var i = 0; i < tables.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                if ((i >> bit & 1) != 0) tables[i] ^= bits[i / 256 * 8 + bit];
            }
        }

        return tables;
    }
}
