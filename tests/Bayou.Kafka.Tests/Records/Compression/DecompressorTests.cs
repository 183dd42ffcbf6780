using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records.Compression;

public sealed class DecompressorTests
{
    private static readonly int[] Lengths = [0, 1, 4, 15, 16, 17, 100, 4096, 65_536, 65_537, 300_000];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decompress_returns_what_was_compressed(int compression) => AssertRoundTrips((RecordCompression)compression);

    [ZstdFact]
    public void Decompress_of_zstd_returns_what_was_compressed() => AssertRoundTrips(RecordCompression.Zstd);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decompress_beyond_the_limit_fails(int compression) => AssertIsLimited((RecordCompression)compression);

    [ZstdFact]
    public void Decompress_of_zstd_beyond_the_limit_fails() => AssertIsLimited(RecordCompression.Zstd);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Decompress_of_a_part_fails(int compression) => AssertPartsFail((RecordCompression)compression);

    [ZstdFact]
    public void Decompress_of_a_part_of_zstd_fails() => AssertPartsFail(RecordCompression.Zstd);

    private static void AssertRoundTrips(RecordCompression compression)
    {
        foreach (var length in Lengths)
        {
            for (var kind = 0; kind < 4; kind++)
            {
                var data = Decompressed.Sample(length, kind);
                Assert.Equal(data, Decompressed.Of(compression, Encoders.Encode(compression, data)));
            }
        }
    }

    private static void AssertIsLimited(RecordCompression compression)
    {
        // 10 MB of the same byte become some ten kilobytes.
        var data = Decompressed.Sample(10_000_000, 0);
        var bomb = Encoders.Encode(compression, data);

        Assert.Equal(data, Decompressed.Of(compression, bomb, limit: 10_000_000));
        foreach (var limit in new[] { 0, 1, 1000, 100_000, 9_999_999 })
            Assert.Equal(CorruptRecordsKind.TooLarge, Decompressed.FailureOf(compression, bomb, limit).Kind);
    }

    private static void AssertPartsFail(RecordCompression compression)
    {
        var compressed = Encoders.Encode(compression, Decompressed.Sample(500, 1));
        for (var length = 0; length < compressed.Length; length++)
            Assert.Equal(CorruptRecordsKind.Corrupt, Decompressed.FailureOf(compression, compressed[..length]).Kind);
    }
}
