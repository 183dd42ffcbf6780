using System.Text;
using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records.Compression;

public sealed class ZstdTests
{
    // What the zstd program made of the text, without the content's size.
    private const string WithoutSize = "KLUv/QRoJQIAtAJ7Im4iOjAsInRleHQiOiJ0aGUgcXVpY2sgYnJvd24gZm94In0KMTIzNDU2CACWEQYrB9BcQLKAlIC8gGQBEUWCegKLpD+L";

    [ZstdFact]
    public void Decompress_of_a_frame_without_its_size_returns_the_text()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 1900; i++) text.Append($"{{\"n\":{i % 7},\"text\":\"the quick brown fox\"}}\n");

        Assert.Equal(Encoding.UTF8.GetBytes(text.ToString()), Decompressed.Of(RecordCompression.Zstd, Convert.FromBase64String(WithoutSize)));
    }

    [ZstdFact]
    public void Decompress_of_several_frames_joins_them()
    {
        byte[] frames = [.. Encoders.Encode(RecordCompression.Zstd, [.. "one "u8]), .. Encoders.Encode(RecordCompression.Zstd, [.. "two"u8])];

        Assert.Equal("one two"u8.ToArray(), Decompressed.Of(RecordCompression.Zstd, frames));
    }

    [ZstdFact]
    public void Decompress_after_a_failure_begins_anew()
    {
        var good = Encoders.Encode(RecordCompression.Zstd, [.. "good"u8]);

        Decompressed.FailureOf(RecordCompression.Zstd, good[..^2]);

        Assert.Equal("good"u8.ToArray(), Decompressed.Of(RecordCompression.Zstd, good));
    }
}
