using System.IO.Compression;

namespace Bayou.Kafka.Records.Compression;

/// <summary>Decompresses gzip.</summary>
internal static class Gzip
{
    /// <summary>Appends what the input decompresses to.</summary>
    public static void Decompress(byte[] array, int start, int length, DecompressedBytes output)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(array, start, length, writable: false), CompressionMode.Decompress);
            for (var read = -1; read != 0; output.Commit(read)) read = gzip.Read(output.Reserve(1));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new DecompressionException($"its gzip data is damaged ({broken.Message})", broken);
        }
    }
}
