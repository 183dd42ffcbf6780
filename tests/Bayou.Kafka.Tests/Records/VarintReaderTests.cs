using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records;

public sealed class VarintReaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(-8192)]
    [InlineData(8192)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void ReadInt32_returns_what_was_written(int value)
    {
        var bytes = new VarintBytes().Varint(value).ToArray();

        // At the end of the data and in front of more.
        Assert.Equal((value, bytes.Length, false), Int32(bytes));
        Assert.Equal((value, bytes.Length, false), Int32([.. bytes, 0xff, 0xff]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-64)]
    [InlineData(64)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void ReadInt64_returns_what_was_written(long value)
    {
        var bytes = new VarintBytes().Varint(value).ToArray();

        Assert.Equal((value, bytes.Length, false), Int64(bytes));
        Assert.Equal((value, bytes.Length, false), Int64([.. bytes, 0x80]));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x10 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 })]
    public void ReadInt32_of_too_few_bytes_or_too_large_a_number_is_broken(byte[] bytes) => Assert.Equal((0, 0, true), Int32(bytes));

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02 })]
    public void ReadInt64_of_too_few_bytes_or_too_large_a_number_is_broken(byte[] bytes) => Assert.Equal((0, 0, true), Int64(bytes));

    [Fact]
    public void Skip_beyond_the_end_is_broken_and_stays()
    {
        var reader = new VarintReader(new byte[3]);
        reader.Skip(-5);
        reader.Skip(3);
        Assert.Equal((3, false), (reader.Position, reader.IsBroken));

        reader.Skip(1);

        Assert.Equal((3, true), (reader.Position, reader.IsBroken));
    }

    private static (int, int, bool) Int32(byte[] bytes)
    {
        var reader = new VarintReader(bytes);
        return (reader.ReadInt32(), reader.Position, reader.IsBroken);
    }

    private static (long, int, bool) Int64(byte[] bytes)
    {
        var reader = new VarintReader(bytes);
        return (reader.ReadInt64(), reader.Position, reader.IsBroken);
    }
}
