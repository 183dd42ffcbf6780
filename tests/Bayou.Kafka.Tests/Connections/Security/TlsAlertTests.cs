using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Tests.Connections.Security;

public sealed class TlsAlertTests
{
    [Theory]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", "the broker wants a client certificate")]
    [InlineData("error:0A000418:SSL routines::tlsv1 alert unknown ca", "does not trust the authority of the client certificate")]
    [InlineData("error:0A000410:SSL routines::sslv3 alert handshake failure", "no common TLS parameters")]
    public void Recognize_alert_inside_of_other_errors_tells_its_meaning(string words, string expected) =>
        Assert.Contains(expected, TlsAlert.Recognize(new IOException("The decryption operation failed", new InvalidOperationException("outer", new IOException(words)))), StringComparison.Ordinal);

    [Fact]
    public void Recognize_of_other_failure_is_null() => Assert.Null(TlsAlert.Recognize(new IOException("certificate required: no such file")));
}
