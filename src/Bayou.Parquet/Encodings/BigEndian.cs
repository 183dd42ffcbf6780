using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>Two's complement numbers in big-endian bytes of any length up to 16: how the format stores long decimals.</summary>
internal static class BigEndian
{
    /// <summary>The number that <paramref name="bytes"/> (0 to 16 of them) hold.</summary>
    public static Int128 Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> wide = stackalloc byte[16];
        wide.Fill(!bytes.IsEmpty && bytes[0] >= 0x80 ? (byte)0xFF : (byte)0);
        bytes.CopyTo(wide[(16 - bytes.Length)..]);
        return BinaryPrimitives.ReadInt128BigEndian(wide);
    }

    /// <summary>Writes the low bytes of <paramref name="value"/>, as many as <paramref name="destination"/> has (1 to 16).</summary>
    public static void Write(Span<byte> destination, Int128 value)
    {
        Span<byte> wide = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(wide, value);
        wide[(16 - destination.Length)..].CopyTo(destination);
    }
}
