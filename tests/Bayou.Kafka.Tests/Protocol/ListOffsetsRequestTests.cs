using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class ListOffsetsRequestTests
{
    private static readonly ListOffsetsRequest Request = new(isReadCommitted: true,
        [new(new("a", 0), 5, OffsetQuery.Latest), new(new("b", 2), -1, OffsetQuery.Earliest), new(new("a", 1), 6, OffsetQuery.Earliest)]);

    [Theory]
    [InlineData(1, "FFFFFFFF  00000002" +
        " 0001 'a' 00000002  00000000 FFFFFFFFFFFFFFFF  00000001 FFFFFFFFFFFFFFFE" +
        " 0001 'b' 00000001  00000002 FFFFFFFFFFFFFFFE")]
    [InlineData(4, "FFFFFFFF 01  00000002" +
        " 0001 'a' 00000002  00000000 00000005 FFFFFFFFFFFFFFFF  00000001 00000006 FFFFFFFFFFFFFFFE" +
        " 0001 'b' 00000001  00000002 FFFFFFFF FFFFFFFFFFFFFFFE")]
    [InlineData(6, "FFFFFFFF 01  03" +
        " 02 'a' 03  00000000 00000005 FFFFFFFFFFFFFFFF 00  00000001 00000006 FFFFFFFFFFFFFFFE 00  00" +
        " 02 'b' 02  00000002 FFFFFFFF FFFFFFFFFFFFFFFE 00  00  00")]
    public void Write_groups_partitions_by_topic(short version, string body) => Assert.Equal(Wire.Hex(body), Wire.Write(Request, version));

    [Theory]
    [InlineData(1, "00000001 0001 'a' 00000002  00000000 0000 FFFFFFFFFFFFFFFF 0000000000000010  00000001 0006 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF", -1)]
    [InlineData(4, "00000000 00000001 0001 'a' 00000002  00000000 0000 FFFFFFFFFFFFFFFF 0000000000000010 00000007  00000001 0006 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF FFFFFFFF", 7)]
    [InlineData(7, "00000000 02 02 'a' 03  00000000 0000 FFFFFFFFFFFFFFFF 0000000000000010 00000007 00  00000001 0006 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF FFFFFFFF 00  00 00", 7)]
    public void Read_tells_offsets_and_errors(short version, string body, int epoch) => Assert.Equal(
        [new(new TopicPartition("a", 0), BrokerError.None, -1, 16, epoch), new(new TopicPartition("a", 1), BrokerError.NotLeaderOrFollower, -1, -1, -1)],
        Wire.Read(Request, version, body));

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(0, 7)]
    public void Versions_that_add_epochs_are_left_out_where_none_is_known(int epoch, short max) => Assert.Equal(
        new VersionRange(1, max), new ListOffsetsRequest(false, [new(new("a", 0), epoch, OffsetQuery.Latest), new(new("a", 1), -1, OffsetQuery.Latest)]).Versions);
}
