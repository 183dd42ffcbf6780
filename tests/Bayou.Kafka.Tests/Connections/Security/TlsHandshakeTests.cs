using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Connections.Security;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Connections.Security;

public sealed class TlsHandshakeTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("bayou-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ConnectAsync_to_certificate_of_given_authority_succeeds()
    {
        await using var server = TlsServer.Start(_authority.Issue("localhost"));

        await using var connection = await ConnectAsync(server.Address, new TlsOptions { CaPem = _authority.Pem });

        Assert.Equal(12, connection.VersionOf(new EchoRequest()));
    }

    [Fact]
    public async Task ConnectAsync_takes_the_authority_from_a_file_or_a_folder()
    {
        File.WriteAllText(Path.Combine(_folder, "README"), "not a certificate");
        File.WriteAllText(Path.Combine(_folder, "other.pem"), new TestAuthority("Other").Pem);
        var file = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(file, _authority.Pem);
        await using var server = TlsServer.Start(_authority.Issue("localhost"));

        await using var byFile = await ConnectAsync(server.Address, new TlsOptions { CaLocation = file });
        await using var byFolder = await ConnectAsync(server.Address, new TlsOptions { CaLocation = _folder });

        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task ConnectAsync_names_the_host_to_the_server()
    {
        var names = new List<string>();
        await using var server = TlsServer.Start(_authority.Issue("localhost"), seen: tls => names.Add(tls.TargetHostName));

        await using var connection = await ConnectAsync(server.Address, new TlsOptions { CaPem = _authority.Pem });

        Assert.Equal(["localhost"], names);
    }

    [Fact]
    public async Task ConnectAsync_to_certificate_of_another_authority_is_refused()
    {
        await using var server = TlsServer.Start(new TestAuthority("Stranger").Issue("localhost"));

        var error = await FailAsync(server.Address, new TlsOptions { CaPem = _authority.Pem });

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Equal(
            $"Connecting to {server.Address} failed at TLS handshake: the broker's certificate 'CN=localhost' comes from 'CN=Stranger', which is not among the trusted authorities; "
            + "set ssl.ca.location to a PEM file with that authority.",
            error.Message);
    }

    [Fact]
    public async Task ConnectAsync_with_the_systems_authorities_refuses_an_own_one()
    {
        await using var server = TlsServer.Start(_authority.Issue("localhost"));

        var error = await FailAsync(server.Address, new TlsOptions());

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Contains("'CN=Test CA', which the system does not trust; set ssl.ca.location", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_to_expired_certificate_tells_since_when()
    {
        await using var server = TlsServer.Start(_authority.Issue("localhost", new DateTimeOffset(2025, 6, 7, 8, 9, 0, TimeSpan.Zero)));

        var error = await FailAsync(server.Address, new TlsOptions { CaPem = _authority.Pem });

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Contains("to 2025-06-07 08:09 UTC; it needs to be renewed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broker.example")]
    [InlineData("127.0.0.9")]
    public async Task ConnectAsync_to_certificate_for_another_host_names_both(string name)
    {
        await using var server = TlsServer.Start(_authority.Issue(name));

        var error = await FailAsync(server.Address, new TlsOptions { CaPem = _authority.Pem });

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Contains($"the broker's certificate is for '{name}', not for 'localhost'", error.Message, StringComparison.Ordinal);
        Assert.Contains("ssl.endpoint.identification.algorithm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_to_certificate_for_the_address_succeeds()
    {
        await using var server = TlsServer.Start(_authority.Issue("127.0.0.1"));

        await using var connection = await ConnectAsync(server.Address with { Host = "127.0.0.1" }, new TlsOptions { CaPem = _authority.Pem });

        Assert.False(connection.IsBroken);
    }

    [Fact]
    public async Task ConnectAsync_by_another_dialer_checks_the_name_that_was_asked_for()
    {
        var names = new List<string>();
        await using var server = TlsServer.Start(_authority.Issue("broker.example"), seen: tls => names.Add(tls.TargetHostName));
        var address = new HostPort("broker.example", 9093);

        await using var connection = await BrokerConnection.ConnectAsync(address, Options(address, new TlsOptions { CaPem = _authority.Pem }), new DetourDialer(server.Address), null, default);

        Assert.Equal((address, "broker.example"), (connection.Broker, Assert.Single(names)));
    }

    [Fact]
    public async Task ConnectAsync_without_check_of_the_name_still_checks_the_authority()
    {
        await using var server = TlsServer.Start(_authority.Issue("broker.example"));

        await using var connection = await ConnectAsync(server.Address, new TlsOptions { CaPem = _authority.Pem, ChecksName = false });
        var error = await FailAsync(server.Address, new TlsOptions { CaPem = new TestAuthority().Pem, ChecksName = false });

        Assert.False(connection.IsBroken);
        Assert.Contains("not among the trusted authorities", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_without_any_check_takes_any_certificate()
    {
        await using var server = TlsServer.Start(new TestAuthority("Stranger").Issue("broker.example", DateTimeOffset.UtcNow.AddDays(-1)));

        await using var connection = await ConnectAsync(server.Address, new TlsOptions { ChecksCertificate = false });

        Assert.False(connection.IsBroken);
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("encrypted")]
    [InlineData("keystore")]
    public async Task ConnectAsync_shows_the_client_certificate(string kind)
    {
        var own = _authority.Issue("client");
        var subjects = new List<string?>();
        await using var server = TlsServer.Start(_authority.Issue("localhost"), client => { subjects.Add(client?.Subject); return client is not null; });

        await using var connection = await ConnectAsync(server.Address, WithClient(kind, own));

        Assert.Equal(["CN=client"], subjects);
    }

    [Fact]
    public async Task ConnectAsync_with_wrong_key_password_says_so_without_it()
    {
        var own = _authority.Issue("client");
        var options = WithClient("encrypted", own, password: "hunter2");
        await using var server = TlsServer.Start(_authority.Issue("localhost"));

        var error = await FailAsync(server.Address, options);

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.Contains("the client certificate of ssl.certificate and ssl.key could not be read", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.pem", "could not be read")]
    [InlineData("empty.pem", "has no certificate in PEM")]
    public async Task ConnectAsync_with_unreadable_authority_names_the_file(string name, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, "empty.pem"), "");
        await using var server = TlsServer.Start(_authority.Issue("localhost"));

        var error = await FailAsync(server.Address, new TlsOptions { CaLocation = Path.Combine(_folder, name) });

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_of_TLS_to_what_answers_without_says_so()
    {
        await using var server = FakeServer.Saying("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        var error = await FailAsync(server.Address, new TlsOptions());

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.Contains($"Connecting to {server.Address} failed at TLS handshake: the broker did not answer with TLS; set security.protocol to plaintext", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_of_TLS_to_what_closes_hints_at_the_protocol()
    {
        await using var server = new FakeServer(async (stream, end) => await stream.ReadAtLeastAsync(new byte[5], 5, cancellationToken: end));

        var error = await FailAsync(server.Address, new TlsOptions());

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.Contains("security.protocol must not be ssl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_of_TLS_to_what_never_answers_ends_in_time()
    {
        await using var server = new FakeServer((_, end) => Task.Delay(Timeout.Infinite, end));
        var options = Options(server.Address, new TlsOptions()) with { ConnectTimeout = TimeSpan.FromMilliseconds(200) };

        var error = await Assert.ThrowsAsync<BrokerException>(() => BrokerConnection.ConnectAsync(server.Address, options, null, null, default));

        Assert.Equal($"Connecting to {server.Address} took longer than 200 ms at TLS handshake, it did not answer the TLS handshake.", error.Message);
    }

    [Fact]
    public async Task ConnectAsync_without_the_client_certificate_that_a_broker_wants_hints_at_it()
    {
        await using var server = TlsServer.Start(_authority.Issue("localhost"), client => client is not null);

        var error = await FailAsync(server.Address, new TlsOptions { CaPem = _authority.Pem });

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.Contains("wants client certificates closes connections without, then set ssl.keystore.location", error.Message, StringComparison.Ordinal);
    }

    private TlsOptions WithClient(string kind, X509Certificate2 own, string password = "secret")
    {
        var certificate = own.ExportCertificatePem();
        if (kind == "keystore")
        {
            var file = Path.Combine(_folder, "client.p12");
            File.WriteAllBytes(file, own.Export(X509ContentType.Pkcs12, "secret"));
            return new TlsOptions { CaPem = _authority.Pem, KeystoreLocation = file, KeystorePassword = password };
        }

        using var key = own.GetECDsaPrivateKey()!;
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);
        return new TlsOptions
        {
            CaPem = _authority.Pem,
            CertificatePem = certificate,
            KeyPem = kind == "pem" ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters),
            KeyPassword = kind == "pem" ? null : password,
        };
    }

    private static ClientOptions Options(HostPort address, TlsOptions tls) => new() { BootstrapServers = [address], Security = SecurityProtocol.Ssl, Tls = tls };

    private static Task<BrokerConnection> ConnectAsync(HostPort address, TlsOptions tls) => BrokerConnection.ConnectAsync(address, Options(address, tls), null, null, default);

    private static Task<BrokerException> FailAsync(HostPort address, TlsOptions tls) => Assert.ThrowsAsync<BrokerException>(() => ConnectAsync(address, tls));
}
