using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Bayou.Kafka.Records;
using Bayou.Kafka.Records.Compression;

namespace Bayou.Kafka.Tests.Records.Compression;

/// <summary>Compresses as producers do, with libraries other than the decoders under test where there are some.</summary>
internal static class Encoders
{
    /// <summary>Whether there is a library that compresses with Zstandard here.</summary>
    public static bool HasZstd { get; } = OperatingSystem.IsLinux() && ZstdLibrary.IsPresent;

    public static byte[] Encode(RecordCompression compression, byte[] data) => compression switch
    {
        RecordCompression.None => data,
        RecordCompression.Gzip => Gzip(data),
        RecordCompression.Snappy => IronSnappy.Snappy.Encode(data),
        RecordCompression.Lz4 => new Lz4Encoder().Encode(data),
        RecordCompression.Zstd => Zstd(data),
        _ => data,
    };

    /// <summary>Snappy in the Java library's framing, in blocks of the given size.</summary>
    public static byte[] Xerial(byte[] data, int blockBytes)
    {
        var framed = new MemoryStream();
        framed.Write([0x82, .. "SNAPPY\0"u8, 0, 0, 0, 1, 0, 0, 0, 1]);
        foreach (var chunk in data.Chunk(blockBytes))
        {
            var block = IronSnappy.Snappy.Encode(chunk);
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, block.Length);
            framed.Write(length);
            framed.Write(block);
        }

        return framed.ToArray();
    }

    private static byte[] Gzip(byte[] data)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal)) gzip.Write(data);
        return compressed.ToArray();
    }

    private static byte[] Zstd(byte[] data)
    {
        var compressed = new byte[data.Length + data.Length / 128 + 1024];
        var length = Compress(compressed, (nuint)compressed.Length, data, (nuint)data.Length, 3);
        return compressed[..(int)length];
    }

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_compress")]
    private static extern nuint Compress(byte[] destination, nuint capacity, byte[] source, nuint length, int level);
}
