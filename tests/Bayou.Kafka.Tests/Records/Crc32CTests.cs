using System.Text;
using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records;

public sealed class Crc32CTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    public void Compute_of_known_text_is_the_published_checksum(string text, uint checksum) => Assert.Equal(checksum, Crc32C.Compute(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(0, 80)]
    [InlineData(3060, 3090)]
    [InlineData(9200, 9240)]
    public void Compute_of_every_length_equals_the_definition(int from, int to)
    {
        var data = new byte[to + 3];
        new Random(5).NextBytes(data);

        for (var length = from; length <= to; length++)
        {
            var unaligned = data.AsSpan(length % 3, length);
            Assert.Equal(Checksums.Crc32C(unaligned), Crc32C.Compute(unaligned));
        }
    }
}
