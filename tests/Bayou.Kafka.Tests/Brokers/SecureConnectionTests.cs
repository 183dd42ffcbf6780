using Bayou.Kafka.Connections;
using Bayou.Kafka.Connections.Security;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Brokers;

/// <summary>How connections encrypt and authenticate towards a real broker, and how they fail.</summary>
[Collection(BrokerCollection.Name)]
public sealed class SecureConnectionTests(LocalBroker broker)
{
    [BrokerTheory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task ConnectAsync_with_right_password_can_ask(string mechanism)
    {
        await using var connection = await ConnectAsync(Options(mechanism));

        var response = await connection.AskAsync(new MetadataRequest(null), default);

        Assert.Equal(Secure, Assert.Single(response.Brokers).Address);
    }

    [BrokerTheory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task ConnectAsync_with_wrong_password_is_refused(string mechanism)
    {
        var error = await FailAsync(Options(mechanism, "wrong-one"));

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.StartsWith($"Connecting to {Secure} failed at SASL authentication: the broker refused user 'bayou' or the password by {mechanism}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", error.ToString(), StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task ConnectAsync_by_mechanism_that_the_broker_lacks_names_those_it_has()
    {
        var options = Options("PLAIN") with { Sasl = new SaslOptions { Mechanism = "OAUTHBEARER" } };

        var error = await FailAsync(options);

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.Contains("the broker does not offer OAUTHBEARER", error.Message, StringComparison.Ordinal);
        foreach (var mechanism in new[] { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512" }) Assert.Contains(mechanism, error.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task ConnectAsync_trusting_another_authority_is_refused()
    {
        var error = await FailAsync(Options("PLAIN") with { Tls = new TlsOptions { CaPem = new TestAuthority().Pem } });

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Contains("'CN=bayou-test-ca', which is not among the trusted authorities", error.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task ConnectAsync_in_plaintext_to_listener_with_TLS_says_so()
    {
        var error = await FailAsync(Options("PLAIN") with { Security = SecurityProtocol.Plaintext });

        Assert.StartsWith($"Connecting to {Secure} failed at ApiVersions: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("set security.protocol to ssl, or sasl_ssl", error.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task ConnectAsync_by_TLS_to_plaintext_listener_says_so()
    {
        var error = await FailAsync(Options("PLAIN"), Plain);

        Assert.StartsWith($"Connecting to {Plain} failed at TLS handshake: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("security.protocol must not be ssl or sasl_ssl", error.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task ConnectAsync_with_SASL_to_listener_without_says_so()
    {
        var error = await FailAsync(Options("PLAIN") with { Security = SecurityProtocol.SaslPlaintext }, Plain);

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.Contains("this listener does not authenticate by SASL; set security.protocol to plaintext", error.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task AskAsync_without_SASL_at_listener_with_SASL_hints_at_it()
    {
        await using var connection = await ConnectAsync(Options("PLAIN") with { Security = SecurityProtocol.Ssl });

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new MetadataRequest(null), default));

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.StartsWith($"Metadata request to {Secure} failed: the broker closed the connection before it answered; a listener with SASL", error.Message, StringComparison.Ordinal);
    }

    private HostPort Plain => At(broker.Address);

    private HostPort Secure => At(broker.SecureAddress);

    private static HostPort At(string address) => new(address.Split(':')[0], int.Parse(address.Split(':')[1]));

    private ClientOptions Options(string mechanism, string password = "bayou-secret") => new()
    {
        BootstrapServers = [Secure],
        Security = SecurityProtocol.SaslSsl,
        Tls = new TlsOptions { CaLocation = broker.CertificateAuthority },
        Sasl = new SaslOptions { Mechanism = mechanism, Username = "bayou", Password = password },
    };

    private Task<BrokerConnection> ConnectAsync(ClientOptions options, HostPort? to = null) => BrokerConnection.ConnectAsync(to ?? Secure, options, null, null, default);

    private Task<BrokerException> FailAsync(ClientOptions options, HostPort? to = null) => Assert.ThrowsAsync<BrokerException>(() => ConnectAsync(options, to));
}
