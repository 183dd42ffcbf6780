using Bayou.Parquet;

namespace Bayou.Sinks.Tests.Parquet;

public class DeltaEncoderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(130)]
    [InlineData(1000)]
    public void Encode_values_of_every_width_and_number_are_read_back(int count)
    {
        var random = new Random(count);
        for (var bits = 0; bits <= 64; bits++)
        {
            var values = new long[count];
            for (var i = 0; i < count; i++) values[i] = bits == 0 ? 7 : random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits);
            if (bits == 64 && count > 1) (values[0], values[1]) = (long.MinValue, long.MaxValue);
            Assert.Equal(values, Read(values));
        }
    }

    [Fact]
    public void Estimate_of_offsets_is_a_small_part_and_of_noise_about_all()
    {
        var random = new Random(1);
        var offsets = Enumerable.Range(0, 50_000).Select(i => 1_000_000_000_000L + i * 7).ToArray();
        var noise = offsets.Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToArray();

        Assert.InRange(DeltaEncoder.Estimate(offsets), 1, offsets.Length);
        Assert.InRange(DeltaEncoder.Estimate(noise), noise.Length * 7L, noise.Length * 9L);
        Assert.Equal(long.MaxValue, DeltaEncoder.Estimate([1]));
    }

    private static long[] Read(long[] values)
    {
        var output = new ByteBuffer();
        DeltaEncoder.Encode(values, output);
        var input = new PageInput(output.Span);
        var read = new long[values.Length];
        DeltaDecoder.Read(ref input, values.Length, read);
        Assert.Equal(0, input.Left);
        output.Release();
        return read;
    }
}
