using Bayou.Kafka.Protocol.Fetching;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol.Fetching;

public sealed class FetchRequestTests
{
    private const string Id = "00112233445566778899AABBCCDDEEFF";
    private const string Start = "000000FA 00000001 00100000 01 ";

    [Theory]
    [InlineData(4, "FFFFFFFF " + Start + "00000001 0001 'a' 00000001 00000003 0000000000000064 00010000")]
    [InlineData(5, "FFFFFFFF " + Start + "00000001 0001 'a' 00000001 00000003 0000000000000064 FFFFFFFFFFFFFFFF 00010000")]
    [InlineData(7, "FFFFFFFF " + Start + "0000002A 00000007 00000001 0001 'a' 00000001 00000003 0000000000000064 FFFFFFFFFFFFFFFF 00010000" +
        " 00000001 0001 'a' 00000001 00000004")]
    [InlineData(11, "FFFFFFFF " + Start + "0000002A 00000007 00000001 0001 'a' 00000001 00000003 00000005 0000000000000064 FFFFFFFFFFFFFFFF 00010000" +
        " 00000001 0001 'a' 00000001 00000004  0002 'r1'")]
    [InlineData(12, "FFFFFFFF " + Start + "0000002A 00000007 02 02 'a' 02 00000003 00000005 0000000000000064 00000004 FFFFFFFFFFFFFFFF 00010000 00 00" +
        " 02 02 'a' 02 00000004 00  03 'r1' 00")]
    [InlineData(13, "FFFFFFFF " + Start + "0000002A 00000007 02 " + Id + " 02 00000003 00000005 0000000000000064 00000004 FFFFFFFFFFFFFFFF 00010000 00 00" +
        " 02 " + Id + " 02 00000004 00  03 'r1' 00")]
    [InlineData(16, Start + "0000002A 00000007 02 " + Id + " 02 00000003 00000005 0000000000000064 00000004 FFFFFFFFFFFFFFFF 00010000 00 00" +
        " 02 " + Id + " 02 00000004 00  03 'r1' 00")]
    public void Write_has_what_the_version_has(short version, string body)
    {
        var request = Create();
        var id = new Guid(Convert.FromHexString(Id), bigEndian: true);
        request.Partitions.Add(new FetchRequestPartition("a", id, 3, 100, 5, 4, 65536));
        request.Forgotten.Add(new ForgottenPartition("a", id, 4));

        Assert.Equal(Wire.Hex(body), Wire.Write(request, version));
    }

    [Fact]
    public void Write_groups_partitions_that_stand_side_by_side()
    {
        var request = Create();
        foreach (var (topic, partition) in new[] { ("a", 0), ("a", 1), ("b", 0), ("a", 2) })
        {
            request.Partitions.Add(new FetchRequestPartition(topic, default, partition, 1, 2, 3, 4));
            request.Forgotten.Add(new ForgottenPartition(topic, default, partition));
        }

        const string partitions = "0000000000000001 FFFFFFFFFFFFFFFF 00000004";
        Assert.Equal(
            Wire.Hex("FFFFFFFF " + Start + "0000002A 00000007 00000003" +
                $" 0001 'a' 00000002 00000000 {partitions} 00000001 {partitions}  0001 'b' 00000001 00000000 {partitions}  0001 'a' 00000001 00000002 {partitions}" +
                " 00000003 0001 'a' 00000002 00000000 00000001  0001 'b' 00000001 00000000  0001 'a' 00000001 00000002"),
            Wire.Write(request, 7));
    }

    [Fact]
    public void Write_of_nothing_has_empty_arrays() => Assert.Equal(
        Wire.Hex(Start + "0000002A 00000007 01 01 03 'r1' 00"),
        Wire.Write(Create(), 16));

    [Theory]
    [InlineData(16, true, 16)]
    [InlineData(16, false, 12)]
    [InlineData(11, false, 11)]
    [InlineData(11, true, 11)]
    public void VersionFor_topics_without_id_names_them(short highest, bool haveIds, short version) =>
        Assert.Equal(version, FetchRequest.VersionFor(highest, haveIds));

    private static FetchRequest Create() => new()
    {
        MaxWaitMs = 250, MaxBytes = 1 << 20, IsReadCommitted = true, Rack = "r1", SessionId = 42, SessionEpoch = 7,
    };
}
