using System.Runtime.InteropServices;

namespace Bayou.Kafka.Records.Compression;

/// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ZstdBuffer(byte* start, int size)
{
    /// <summary>The bytes.</summary>
    public byte* Start = start;

    /// <summary>How many there are.</summary>
    public nuint Size = (nuint)size;

    /// <summary>How many were read or written.</summary>
    public nuint Position;
}
