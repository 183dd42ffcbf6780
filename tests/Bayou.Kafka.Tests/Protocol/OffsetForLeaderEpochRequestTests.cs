using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class OffsetForLeaderEpochRequestTests
{
    private static readonly OffsetForLeaderEpochRequest Request = new([new(new("a", 1), 5, 4)]);

    [Theory]
    [InlineData(2, "00000001 0001 'a' 00000001 00000001 00000005 00000004")]
    [InlineData(3, "FFFFFFFF 00000001 0001 'a' 00000001 00000001 00000005 00000004")]
    [InlineData(4, "FFFFFFFF 02 02 'a' 02 00000001 00000005 00000004 00  00 00")]
    public void Write_asks_as_a_consumer(short version, string body) => Assert.Equal(Wire.Hex(body), Wire.Write(Request, version));

    [Theory]
    [InlineData(2, "00000000 00000001 0001 'a' 00000001 0000 00000001 00000003 0000000000000064")]
    [InlineData(4, "00000000 02 02 'a' 02 0000 00000001 00000003 0000000000000064 00  00 00")]
    public void Read_tells_where_the_epoch_ended(short version, string body) =>
        Assert.Equal([new EpochEnd(new TopicPartition("a", 1), BrokerError.None, 3, 100)], Wire.Read(Request, version, body));
}
