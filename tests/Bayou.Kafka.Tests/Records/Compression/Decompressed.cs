using Bayou.Kafka.Records;
using Bayou.Kafka.Records.Compression;
using Bayou.Slices;

namespace Bayou.Kafka.Tests.Records.Compression;

/// <summary>Decompresses at once.</summary>
internal static class Decompressed
{
    /// <summary>What the input becomes, written behind bytes of an earlier batch, which have to survive.</summary>
    public static byte[] Of(RecordCompression compression, byte[] input, int limit = 50_000_000)
    {
        var pool = new BufferPool(poison: true);
        var output = new DecompressedBytes(pool);
        byte[] earlier = [1, 2, 3, 4, 5];
        try
        {
            output.Begin(earlier.Length);
            earlier.CopyTo(output.Reserve(earlier.Length));
            output.Commit(earlier.Length);
            output.Begin(limit);
            Decompressor.Decompress(compression, [9, 9, .. input, 9], 2, input.Length, output);
            Assert.Equal(earlier, output.Array[..earlier.Length]);
            return output.Array[output.Start..output.End];
        }
        finally
        {
            // A false claim must not cost more than what was really written, twice, for growing.
            Assert.InRange(pool.RentedBytes, 0, Math.Max(8192, 4L * (Math.Min(limit, output.End) + 16)));
            output.Release();
            Assert.Equal(0, pool.RentedBytes);
        }
    }

    /// <summary>Why the input does not decompress.</summary>
    public static DecompressionException FailureOf(RecordCompression compression, byte[] input, int limit = 1_000_000) =>
        Assert.Throws<DecompressionException>(() => Of(compression, input, limit));

    /// <summary>Data of a given size and kind, from very regular to not at all.</summary>
    public static byte[] Sample(int length, int kind)
    {
        var random = new Random(length + kind);
        var data = new byte[length];
        for (var i = 0; i < length; i++) data[i] = kind switch { 0 => (byte)'x', 1 => (byte)"some text of words "[random.Next(19)], 2 => (byte)(i / 7 % 11), _ => (byte)random.Next(256) };
        return data;
    }
}
