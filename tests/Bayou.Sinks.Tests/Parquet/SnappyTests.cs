using System.Text;

namespace Bayou.Parquet;

public class SnappyTests
{
    public static TheoryData<string, int> Inputs()
    {
        var data = new TheoryData<string, int>();
        foreach (var kind in new[] { "zeros", "random", "text", "longs", "period3", "mixed" })
            foreach (var length in new[] { 0, 1, 2, 3, 4, 14, 15, 16, 17, 59, 60, 61, 63, 64, 65, 255, 256, 257, 4095, 65_535, 65_536, 65_537, 65_551, 200_001, 1_048_576 })
                data.Add(kind, length);
        return data;
    }

    [Theory, MemberData(nameof(Inputs))]
    public void Encode_any_input_is_read_by_us_and_by_another(string kind, int length)
    {
        var input = Create(kind, length);

        var encoded = Encode(input);

        var decoded = new byte[length];
        Assert.True(SnappyDecoder.TryDecode(encoded, decoded));
        Assert.Equal(input, decoded);
        if (length > 0) Assert.Equal(input, IronSnappy.Snappy.Decode(encoded));
    }

    [Theory, MemberData(nameof(Inputs))]
    public void Decode_what_another_encoded_gives_the_input(string kind, int length)
    {
        var input = Create(kind, length);
        var encoded = length == 0 ? [0] : IronSnappy.Snappy.Encode(input);
        var decoded = new byte[length];

        var read = SnappyDecoder.TryDecode(encoded, decoded);

        Assert.True(read);
        Assert.Equal(input, decoded);
    }

    [Fact]
    public void Encode_repetitive_input_is_much_smaller() => Assert.InRange(Encode(Create("zeros", 1_048_576)).Length, 1, 52_000);

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [InlineData(new byte[] { 8, 0x1C, 1, 2 })]
    [InlineData(new byte[] { 8, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 8, 0x00, 1, 0x01, 0x00 })]
    [InlineData(new byte[] { 8, 0x00, 1, 0x01, 0x02 })]
    [InlineData(new byte[] { 8, 0x00, 1, 0x0E, 0x01 })]
    [InlineData(new byte[] { 8, 0x00, 1, 0xFE, 0x01, 0x00 })]
    [InlineData(new byte[] { 8, 0x00, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 8, 0x00, 1 })]
    public void Decode_broken_input_says_no(byte[] broken) => Assert.False(SnappyDecoder.TryDecode(broken, new byte[8]));

    private static byte[] Encode(byte[] input)
    {
        var output = new byte[SnappyEncoder.MaxLength(input.Length)];
        var encoder = new SnappyEncoder();
        encoder.Encode(Create("random", 70_000), new byte[SnappyEncoder.MaxLength(70_000)]);
        return output[..encoder.Encode(input, output)];
    }

    private static byte[] Create(string kind, int length)
    {
        var random = new Random(length);
        var bytes = new byte[length];
        switch (kind)
        {
            case "random":
                random.NextBytes(bytes);
                break;
            case "text":
                var words = new StringBuilder();
                while (words.Length < length) words.Append("order payment customer refund shipped ".AsSpan(random.Next(20), random.Next(1, 18)));
                Encoding.ASCII.GetBytes(words.ToString(0, length), bytes);
                break;
            case "longs":
                for (var i = 0; i < length; i++) bytes[i] = (i & 7) < 2 ? (byte)random.Next(256) : (byte)(i & 7);
                break;
            case "period3":
                for (var i = 0; i < length; i++) bytes[i] = (byte)(i % 3);
                break;
            case "mixed":
                random.NextBytes(bytes);
                for (var at = 0; at < length; at += 5000) bytes.AsSpan(at, Math.Min(length - at, random.Next(3000))).Fill(7);
                break;
            default:
                break;
        }

        return bytes;
    }
}
