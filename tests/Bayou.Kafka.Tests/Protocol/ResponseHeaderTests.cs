using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class ResponseHeaderTests
{
    [Theory]
    [InlineData(ApiKey.Fetch, false, "00000007", 4)]
    [InlineData(ApiKey.Fetch, true, "00000007 00", 5)]
    [InlineData(ApiKey.Fetch, true, "00000007 02 00 03 'abc' 05 00", 12)]
    [InlineData(ApiKey.ApiVersions, true, "00000007", 4)]
    internal void Read_leaves_the_reader_at_the_body(ApiKey key, bool flexible, string header, int length)
    {
        var reader = new ProtocolReader(Wire.Bytes(header + "2A2A"), flexible);

        Assert.Equal(7, ResponseHeader.Read(ref reader, key).CorrelationId);

        Assert.Equal((false, length, 2), (reader.IsShort, reader.Position, reader.Remaining));
    }

    [Fact]
    public void Read_of_tags_that_have_not_all_come_is_short()
    {
        var reader = new ProtocolReader(Wire.Bytes("00000007 01 00 03 'ab'"), flexible: true);

        ResponseHeader.Read(ref reader, ApiKey.Metadata);

        Assert.True(reader.IsShort);
    }
}
