using System.Text;
using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records.Compression;

public sealed class SnappyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32 * 1024)]
    [InlineData(100_000)]
    public void Decompress_of_xerial_frames_joins_their_blocks(int length)
    {
        var data = Decompressed.Sample(length, 1);

        Assert.Equal(data, Decompressed.Of(RecordCompression.Snappy, Encoders.Xerial(data, 32 * 1024)));
    }

    [Fact]
    public void Decompress_of_a_part_of_xerial_frames_fails_unless_it_ends_between_blocks()
    {
        var framed = Encoders.Xerial(Decompressed.Sample(300, 3), 100);
        var whole = new List<int>();
        for (var length = 16; length < framed.Length; length++)
        {
            if (length == 16 || (length - 16) % ((framed.Length - 16) / 3) == 0) whole.Add(Decompressed.Of(RecordCompression.Snappy, framed[..length]).Length);
            else Decompressed.FailureOf(RecordCompression.Snappy, framed[..length]);
        }

        Assert.Equal([0, 100, 200], whole);
    }

    [Theory]
    [InlineData(new byte[] { 0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff, 1 })]
    [InlineData(new byte[] { 4, 0x0c, 1, 2, 3 })]
    [InlineData(new byte[] { 4, 0x10, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 5, 0x00, 1, 0x01, 0x00 })]
    [InlineData(new byte[] { 5, 0x00, 1, 0x01, 0x02 })]
    [InlineData(new byte[] { 5, 0x00, 1, 0x0f, 0x01, 0x00, 0x00, 0x80 })]
    [InlineData(new byte[] { 4, 0x00, 1, 0x01, 0x01 })]
    [InlineData(new byte[] { 4, 0xfc, 0xff, 0xff, 0xff, 0xff, 1 })]
    [InlineData(new byte[] { 4, 0xfc, 0xff, 0xff, 0xff, 0x7f, 1 })]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x10 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x07, 0 })]
    [InlineData(new byte[] { 0x80 })]
    public void Decompress_of_hostile_data_fails(byte[] data) => Assert.Equal(CorruptRecordsKind.Corrupt, Decompressed.FailureOf(RecordCompression.Snappy, data).Kind);

    [Fact]
    public void Decompress_of_every_kind_of_tag_returns_the_bytes()
    {
        // A literal whose length takes a byte of its own; copies with distances of one byte and a bit, two bytes and four bytes.
        byte[] data = [12, 0xf0, 1, (byte)'a', (byte)'b', 0x01, 0x02, 0x0a, 0x03, 0x00, 0x0b, 0x02, 0x00, 0x00, 0x00];

        Assert.Equal("ab" + "abab" + "bab" + "aba", Encoding.ASCII.GetString(Decompressed.Of(RecordCompression.Snappy, data)));
    }
}
