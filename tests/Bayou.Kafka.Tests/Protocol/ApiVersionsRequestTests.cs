using System.Text.RegularExpressions;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class ApiVersionsRequestTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Write_below_version_3_is_empty(short version) => Assert.Equal("", Wire.Write(new ApiVersionsRequest(), version));

    [Fact]
    public void Write_in_version_3_names_the_software()
    {
        var version = ApiVersionsRequest.SoftwareVersion;

        var written = Wire.Write(new ApiVersionsRequest(), 3);

        Assert.Equal(Wire.Hex($"06 'bayou' {version.Length + 1:X2} '{version}' 00"), written);
        Assert.Matches(new Regex(@"^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$"), version);
    }

    [Fact]
    public void Read_in_version_0_has_no_throttle()
    {
        var response = Wire.Read(new ApiVersionsRequest(), 0, "0000 00000002  0001 0004 0010  0012 0000 0003");

        Assert.Equal(BrokerError.None, response.Error);
        Assert.Equal([new(ApiKey.Fetch, new(4, 16)), new(ApiKey.ApiVersions, new(0, 3))], response.Versions);
    }

    [Fact]
    public void Read_in_version_3_passes_tags_and_keeps_unknown_requests()
    {
        var response = Wire.Read(new ApiVersionsRequest(), 3, "0000  03  0001 0004 0012 00  7FFF 0000 0001 01 05 02 AAAA  00000064  01 01 08 FFFFFFFFFFFFFFFF");

        Assert.Equal([new(ApiKey.Fetch, new(4, 18)), new((ApiKey)short.MaxValue, new(0, 1))], response.Versions);
    }

    [Theory]
    [InlineData("0023 00000001 0012 0000 0002", 1)]
    [InlineData("0023 00000000", 0)]
    [InlineData("0023", 0)]
    [InlineData("0023 01 0012 0000 0002 00000000", 0)]
    [InlineData("0023 7FFFFFFF 0012 0000 0002", 0)]
    public void Read_of_unsupported_version_is_in_version_0_as_far_as_it_goes(string body, int versions)
    {
        var reader = new ProtocolReader(Wire.Bytes(body), flexible: true);

        var response = new ApiVersionsRequest().Read(ref reader, 3);

        Assert.Equal((BrokerError.UnsupportedVersion, versions, false), (response.Error, response.Versions.Count, reader.IsShort));
    }

    [Fact]
    public void Read_of_a_count_that_cannot_be_true_is_short()
    {
        var reader = new ProtocolReader(Wire.Bytes("0000 7FFFFFFF 0012 0000 0002"), flexible: false);

        new ApiVersionsRequest().Read(ref reader, 0);

        Assert.True(reader.IsShort);
    }
}
