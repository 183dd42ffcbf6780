using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class OffsetCommitRequestTests
{
    private static readonly OffsetCommitRequest Request = new("g", [new(new("a", 3), 100, 7)]);

    [Theory]
    [InlineData(2, "0001 'g' FFFFFFFF 0000 FFFFFFFFFFFFFFFF 00000001 0001 'a' 00000001 00000003 0000000000000064 0000")]
    [InlineData(5, "0001 'g' FFFFFFFF 0000 00000001 0001 'a' 00000001 00000003 0000000000000064 0000")]
    [InlineData(7, "0001 'g' FFFFFFFF 0000 FFFF 00000001 0001 'a' 00000001 00000003 0000000000000064 00000007 0000")]
    [InlineData(8, "02 'g' FFFFFFFF 01 00 02 02 'a' 02 00000003 0000000000000064 00000007 01 00  00 00")]
    public void Write_commits_without_membership(short version, string body) => Assert.Equal(Wire.Hex(body), Wire.Write(Request, version));

    [Theory]
    [InlineData(2, "00000001 0001 'a' 00000001 00000003 0010")]
    [InlineData(3, "00000000 00000001 0001 'a' 00000001 00000003 0010")]
    [InlineData(8, "00000000 02 02 'a' 02 00000003 0010 00  00 00")]
    public void Read_tells_each_partitions_error(short version, string body) =>
        Assert.Equal([new CommittedOffset(new TopicPartition("a", 3), BrokerError.NotCoordinator)], Wire.Read(Request, version, body));
}
