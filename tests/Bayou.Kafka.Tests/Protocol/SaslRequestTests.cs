using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol;

public sealed class SaslRequestTests
{
    private static readonly SaslAuthenticateRequest Authenticate = new("abc"u8.ToArray());

    [Fact]
    public void Handshake_names_the_mechanism_and_reads_those_that_there_are()
    {
        var request = new SaslHandshakeRequest("PLAIN");

        Assert.Equal(Wire.Hex("0005 'PLAIN'"), Wire.Write(request, 1));

        var response = Wire.Read(request, 1, "0021 00000002 0005 'OTHER' 0001 'X'");
        Assert.Equal(BrokerError.UnsupportedSaslMechanism, response.Error);
        Assert.Equal(["OTHER", "X"], response.Mechanisms);
    }

    [Theory]
    [InlineData(0, "00000003 'abc'")]
    [InlineData(1, "00000003 'abc'")]
    [InlineData(2, "04 'abc' 00")]
    public void Authenticate_writes_the_token(short version, string body) => Assert.Equal(Wire.Hex(body), Wire.Write(Authenticate, version));

    [Theory]
    [InlineData(0, "0000 FFFF 00000002 'ok'", 0)]
    [InlineData(1, "0000 FFFF 00000002 'ok' 0000000000000E10", 3600)]
    [InlineData(2, "0000 00 03 'ok' 0000000000000E10 00", 3600)]
    public void Authenticate_reads_token_and_lifetime(short version, string body, long lifetime)
    {
        var response = Wire.Read(Authenticate, version, body);

        Assert.Equal((BrokerError.None, null, lifetime), (response.Error, response.Message, response.SessionLifetimeMs));
        Assert.Equal("ok"u8.ToArray(), response.Token);
    }

    [Fact]
    public void Authenticate_reads_the_brokers_reason()
    {
        var response = Wire.Read(Authenticate, 2, "003A 03 'no' 01 0000000000000000 00");

        Assert.Equal((BrokerError.SaslAuthenticationFailed, "no"), (response.Error, response.Message));
        Assert.Empty(response.Token);
    }
}
