using System.Text;
using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records.Compression;

public sealed class Lz4Tests
{
    // What the lz4 program made of the text: linked blocks with checksums of blocks and content and the content's size, and independent blocks.
    private const string Linked =
        "BCJNGFxAnBIBAAAAAAB0UAEAAPEWeyJuIjowLCJ0ZXh0IjoidGhlIHF1aWNrIGJyb3duIGZveCJ9CiUAHzElABEfMiUAER8zJQARHzQlABEfNSUAER82JQARDwMB{340}31A6MCwidO0"
        + "+SLMcAAAAD/f{25}llBveCJ9CiAF9uUAAAAAKPc/lQ==";

    private const string Independent =
        "BCJNGGRAp1ABAADxFnsibiI6MCwidGV4dCI6InRoZSBxdWljayBicm93biBmb3gifQolAB8xJQARHzIlABEfMyUAER80JQARHzUlABEfNiUAEQ8DAf{339}99QOjAsInRjAAAA/xZleH"
        + "QiOiJ0aGUgcXVpY2sgYnJvd24gZm94In0KeyJuIjoxLCJ0JQAOHzIlABEfMyUAER80JQARHzUlABEfNiUAER8wJQARDwMB{22}9xUG94In0KAAAAACj3P5U=";

    [Theory]
    [InlineData(Linked)]
    [InlineData(Independent)]
    public void Decompress_of_the_lz4_programs_output_returns_the_text(string output)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 1900; i++) text.Append($"{{\"n\":{i % 7},\"text\":\"the quick brown fox\"}}\n");

        Assert.Equal(Encoding.UTF8.GetBytes(text.ToString()), Decompressed.Of(RecordCompression.Lz4, Unfolded(output)));
    }

    [Theory]
    [InlineData(false, false, false, false, 4)]
    [InlineData(true, false, false, false, 5)]
    [InlineData(false, true, false, false, 6)]
    [InlineData(true, true, true, false, 7)]
    [InlineData(false, false, true, true, 4)]
    [InlineData(true, true, true, true, 4)]
    public void Decompress_of_every_option_returns_the_data(bool linked, bool blockChecksums, bool contentChecksum, bool stored, int code)
    {
        foreach (var length in new[] { 0, 1, 13, 1000, 200_000 })
        {
            var data = Decompressed.Sample(length, 2);
            var encoder = new Lz4Encoder
            {
                Linked = linked, BlockChecksums = blockChecksums, ContentChecksum = contentChecksum, Stored = stored, BlockSizeCode = code,
                ContentSize = contentChecksum ? (ulong)length : null,
            };

            Assert.Equal(data, Decompressed.Of(RecordCompression.Lz4, encoder.Encode(data)));
        }
    }

    [Fact]
    public void Decompress_of_several_frames_and_skippable_ones_joins_them()
    {
        byte[] frames = [0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3, .. new Lz4Encoder().Encode([.. "one "u8]), .. new Lz4Encoder { Linked = true }.Encode([.. "two"u8])];

        Assert.Equal("one two"u8.ToArray(), Decompressed.Of(RecordCompression.Lz4, frames));
    }

    [Fact]
    public void Decompress_of_linked_blocks_reaches_back_and_of_independent_ones_does_not()
    {
        var data = Decompressed.Sample(2000, 1);
        byte[] twice = [.. data, .. data];
        var linked = new Lz4Encoder { Linked = true, BlockBytes = data.Length }.Encode(twice);
        Assert.InRange(linked.Length, 0, data.Length + 200);
        Assert.Equal(twice, Decompressed.Of(RecordCompression.Lz4, linked));

        // The same blocks under a header that says they stand alone.
        var header = new Lz4Encoder().Encode([]);
        header[..7].CopyTo(linked, 0);
        Assert.Contains("damaged", Decompressed.FailureOf(RecordCompression.Lz4, linked).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decompress_of_a_frame_does_not_reach_into_the_one_before()
    {
        var data = Decompressed.Sample(100, 3);
        byte[] first = new Lz4Encoder().Encode(data);
        // A block that repeats four bytes from 20 before its start, then ends.
        byte[] second = [.. new Lz4Encoder { Linked = true }.Encode([])[..7], 4, 0, 0, 0, 0x00, 20, 0, 0x00, 0, 0, 0, 0];

        Assert.Contains("damaged", Decompressed.FailureOf(RecordCompression.Lz4, [.. first, .. second]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, 1, "does not match its checksum")]
    [InlineData(5, 0x50, "does not match its checksum")]
    [InlineData(4, 0x80, "version 2")]
    [InlineData(4, 0x61, "dictionary")]
    [InlineData(4, 0x62, "impossible flags")]
    [InlineData(5, 0x30, "impossible flags")]
    [InlineData(5, 0xc0, "impossible flags")]
    [InlineData(5, 0x41, "impossible flags")]
    [InlineData(0, 0, "begins with")]
    public void Decompress_of_another_header_fails(int at, byte value, string reason)
    {
        var frame = new Lz4Encoder().Encode([.. "some data"u8]);
        frame[at] = value;

        Assert.Contains(reason, Decompressed.FailureOf(RecordCompression.Lz4, frame).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(ulong.MaxValue)]
    public void Decompress_of_another_content_size_fails(ulong size) =>
        Assert.Contains("became 9", Decompressed.FailureOf(RecordCompression.Lz4, new Lz4Encoder { ContentSize = size }.Encode([.. "some data"u8])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0x10 })]
    [InlineData(new byte[] { 0x20, 1 })]
    [InlineData(new byte[] { 0xf0 })]
    [InlineData(new byte[] { 0xf0, 255 })]
    [InlineData(new byte[] { 0x10, 1, 0 })]
    [InlineData(new byte[] { 0x10, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0x10, 1, 2, 0, 0 })]
    [InlineData(new byte[] { 0x1f, 1, 1, 0 })]
    [InlineData(new byte[] { 0x1f, 1, 1, 0, 255 })]
    [InlineData(new byte[] { 0x10, 1, 1, 0 })]
    public void Decompress_of_a_hostile_block_fails(byte[] block)
    {
        byte[] frame = [.. new Lz4Encoder().Encode([])[..7], (byte)block.Length, 0, 0, 0, .. block, 0, 0, 0, 0];

        Assert.Contains("damaged", Decompressed.FailureOf(RecordCompression.Lz4, frame).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decompress_of_a_block_larger_than_the_header_allows_fails()
    {
        var frame = new Lz4Encoder { BlockBytes = 70_000 }.Encode(Decompressed.Sample(70_000, 0));
        var stored = new Lz4Encoder { BlockBytes = 70_000, Stored = true }.Encode(Decompressed.Sample(70_000, 0));

        Decompressed.FailureOf(RecordCompression.Lz4, frame);
        Assert.Contains("65536 are allowed", Decompressed.FailureOf(RecordCompression.Lz4, stored).Message, StringComparison.Ordinal);
    }

    // "{n}" stands for n times "/", the number 63 of the base.
    private static byte[] Unfolded(string folded) =>
        Convert.FromBase64String(System.Text.RegularExpressions.Regex.Replace(folded, @"\{(\d+)\}", match => new string('/', int.Parse(match.Groups[1].Value))));
}
