using Bayou.Definitions;

namespace Bayou.Tests.Definitions;

public class RedactionTests
{
    [Theory]
    [InlineData("sasl.password")]
    [InlineData("ssl.key.pem")]
    [InlineData("sasl.oauthbearer.client.secret")]
    [InlineData("connection")]
    [InlineData("ConnectionString")]
    public void Redact_secret_is_masked(string name) => Assert.Equal("***", Redaction.Redact(name, "hunter2"));

    [Theory]
    [InlineData("connections.max.idle.ms")]
    [InlineData("socket.connection.setup.timeout.ms")]
    [InlineData("sasl.username")]
    [InlineData("ssl.key.location")]
    public void Redact_of_what_is_no_secret_shows_it(string name) => Assert.Equal("12", Redaction.Redact(name, "12"));
}
