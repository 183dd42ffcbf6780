using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class RequestFrameTests
{
    [Fact]
    public void Write_of_a_version_that_is_not_flexible_has_header_v1()
    {
        var writer = new ProtocolWriter();

        RequestFrame.Write(writer, new SaslHandshakeRequest("PLAIN"), 1, 7, "bayou");

        Assert.Equal(Wire.Hex("00000016 0011 0001 00000007 0005 'bayou' 0005 'PLAIN'"), Convert.ToHexString(writer.Written.Span));
    }

    [Fact]
    public void Write_of_a_flexible_version_has_header_v2_with_a_client_id_that_is_not_compact()
    {
        var writer = new ProtocolWriter();

        RequestFrame.Write(writer, new SaslAuthenticateRequest("abc"u8.ToArray()), 2, -1, "bayou");

        Assert.Equal(Wire.Hex("00000015 0024 0002 FFFFFFFF 0005 'bayou' 00 04 'abc' 00"), Convert.ToHexString(writer.Written.Span));
    }

    [Fact]
    public void Write_again_replaces_what_the_writer_held()
    {
        var writer = new ProtocolWriter();
        RequestFrame.Write(writer, new SaslAuthenticateRequest("longer than the second one"u8.ToArray()), 2, 1, "bayou");

        RequestFrame.Write(writer, new SaslAuthenticateRequest("x"u8.ToArray()), 0, 2, null);

        Assert.Equal(Wire.Hex("0000000F 0024 0000 00000002 FFFF 00000001 'x'"), Convert.ToHexString(writer.Written.Span));
    }
}
