using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class FindCoordinatorRequestTests
{
    private static readonly FindCoordinatorRequest Request = new("group");

    [Theory]
    [InlineData(1, "0005 'group' 00")]
    [InlineData(3, "06 'group' 00 00")]
    [InlineData(4, "00 02 06 'group' 00")]
    public void Write_asks_for_a_group(short version, string body) => Assert.Equal(Wire.Hex(body), Wire.Write(Request, version));

    [Theory]
    [InlineData(1, "00000000 0000 FFFF 00000002 0001 'h' 00002384")]
    [InlineData(3, "00000000 0000 00 00000002 02 'h' 00002384 00")]
    [InlineData(4, "00000000 03  06 'other' 00000001 02 'x' 00000001 000F 00 00  06 'group' 00000002 02 'h' 00002384 0000 00 00  00")]
    public void Read_tells_the_broker(short version, string body) =>
        Assert.Equal(new FindCoordinatorResponse(BrokerError.None, null, 2, new("h", 9092)), Wire.Read(Request, version, body));

    [Theory]
    [InlineData(2, "00000000 000F 0004 'none' FFFFFFFF 0000 FFFFFFFF")]
    [InlineData(4, "00000000 02 06 'group' FFFFFFFF 01 FFFFFFFF 000F 05 'none' 00  00")]
    public void Read_tells_the_error(short version, string body) =>
        Assert.Equal(new FindCoordinatorResponse(BrokerError.CoordinatorNotAvailable, "none", -1, new("", -1)), Wire.Read(Request, version, body));

    [Fact]
    public void Read_without_the_group_is_an_error() =>
        Assert.Equal((BrokerError.UnknownServerError, -1), Wire.Read(Request, 4, "00000000 01 00") is var none ? (none.Error, none.Id) : default);
}
