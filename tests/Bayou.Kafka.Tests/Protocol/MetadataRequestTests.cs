using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class MetadataRequestTests
{
    private const string Broker1 = "00000001 0001 'h' 00002384 ";

    [Theory]
    [InlineData(1, "00000002 0001 'a' 0002 'bc'")]
    [InlineData(4, "00000002 0001 'a' 0002 'bc' 00")]
    [InlineData(8, "00000002 0001 'a' 0002 'bc' 00 00 00")]
    [InlineData(9, "03 02 'a' 00 03 'bc' 00  00 00 00  00")]
    [InlineData(10, "03  00000000000000000000000000000000 02 'a' 00  00000000000000000000000000000000 03 'bc' 00  00 00 00  00")]
    [InlineData(12, "03  00000000000000000000000000000000 02 'a' 00  00000000000000000000000000000000 03 'bc' 00  00 00  00")]
    public void Write_asks_for_topics_and_makes_none(short version, string body) =>
        Assert.Equal(Wire.Hex(body), Wire.Write(new MetadataRequest(["a", "bc"]), version));

    [Theory]
    [InlineData(1, "00000000")]
    [InlineData(12, "01 00 00 00")]
    public void Write_without_topics_asks_for_none_instead_of_all(short version, string body) =>
        Assert.Equal(Wire.Hex(body), Wire.Write(new MetadataRequest(null), version));

    [Fact]
    public void Read_in_version_1_has_neither_cluster_id_nor_epochs()
    {
        var response = Wire.Read(new MetadataRequest(["a"]), 1,
            "00000001 " + Broker1 + "FFFF  00000001  00000001  0000 0001 'a' 00  00000002" +
            " 0000 00000000 00000001  00000001 00000001  00000001 00000001" +
            " 0005 00000001 FFFFFFFF  00000000  00000000");

        Assert.Null(response.ClusterId);
        Assert.Equal([new MetadataBroker(1, new("h", 9092), null)], response.Brokers);
        var topic = Assert.Single(response.Topics);
        Assert.Equal((BrokerError.None, "a", Guid.Empty), (topic.Error, topic.Name, topic.Id));
        Assert.Equal([new(BrokerError.None, 0, 1, -1), new(BrokerError.LeaderNotAvailable, 1, -1, -1)], topic.Partitions);
    }

    [Fact]
    public void Read_in_version_8_has_epochs_and_operations()
    {
        var response = Wire.Read(new MetadataRequest(["a"]), 8,
            "00000000  00000001 " + Broker1 + "0002 'r1'  0003 'cid'  00000001  00000001  0000 0001 'a' 00  00000001" +
            " 0000 00000000 00000001 00000009  00000000 00000000 00000001 00000002  80000000  80000000");

        Assert.Equal(("cid", "r1"), (response.ClusterId, response.Brokers[0].Rack));
        Assert.Equal([new(BrokerError.None, 0, 1, 9)], response.Topics[0].Partitions);
    }

    [Fact]
    public void Read_in_version_9_is_compact()
    {
        var response = Wire.Read(new MetadataRequest(["a"]), 9,
            "00000000  02 00000001 02 'h' 00002384 00 00  04 'cid'  00000001  02 0003 02 'a' 00  01  80000000 00  80000000 00");

        Assert.Equal([new MetadataBroker(1, new("h", 9092), null)], response.Brokers);
        Assert.Equal((BrokerError.UnknownTopicOrPartition, "a", 0), (response.Topics[0].Error, response.Topics[0].Name, response.Topics[0].Partitions.Count));
    }

    [Fact]
    public void Read_in_version_12_has_topic_ids()
    {
        var response = Wire.Read(new MetadataRequest(["a"]), 12,
            "00000000  02 00000001 02 'h' 00002384 02 'r' 00  00  00000001  02 0000 02 'a' 00112233445566778899AABBCCDDEEFF 00" +
            " 02  0000 00000003 00000001 00000009  02 00000001  02 00000001  01  00  80000000 00  00");

        Assert.Equal((null, "r"), (response.ClusterId, response.Brokers[0].Rack));
        Assert.Equal(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), response.Topics[0].Id);
        Assert.Equal([new(BrokerError.None, 3, 1, 9)], response.Topics[0].Partitions);
    }
}
