using System.Net.Sockets;
using Bayou.Definitions;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Tests.Connections;

public sealed class ClientOptionsReaderTests
{
    private static readonly (string, string)[] Scram =
        [("security.protocol", "SASL_SSL"), ("sasl.mechanism", "scram-sha-512"), ("sasl.username", "me"), ("sasl.password", "hunter2")];

    [Fact]
    public void Read_of_addresses_alone_gives_the_defaults()
    {
        var read = Read();

        Assert.Empty(read.Mistakes);
        Assert.Empty(read.WithoutEffect);
        Assert.Equal(new ClientOptions { BootstrapServers = read.Options!.BootstrapServers, Tls = read.Options.Tls }, read.Options);
        Assert.Equal([new HostPort("host", 9092)], read.Options.BootstrapServers);
    }

    [Theory]
    [InlineData("a", "a:9092")]
    [InlineData("a:1, b:2 ,", "a:1,b:2")]
    [InlineData("[::1]:9093,[fe80::2]", "[::1]:9093,[fe80::2]:9092")]
    [InlineData("SASL_SSL://a.example:9094", "a.example:9094")]
    public void Read_takes_addresses_as_librdkafka_does(string given, string expected) =>
        Assert.Equal(expected, string.Join(',', Read(("bootstrap.servers", given)).Options!.BootstrapServers));

    [Theory]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("a:x")]
    [InlineData("a:1:2")]
    [InlineData("[::1")]
    [InlineData("[::1]x:9092")]
    [InlineData("[a]:9092")]
    [InlineData(":9092")]
    [InlineData("a b:9092")]
    public void Read_of_wrong_address_shows_it(string given) =>
        Assert.Equal($"Option 'bootstrap.servers' has '{given}', but must have addresses as host:port, with commas in between.", Mistake(("bootstrap.servers", given)));

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    public void Read_without_address_says_so(string given) => Assert.Contains("'bootstrap.servers'", Mistake(("bootstrap.servers", given)), StringComparison.Ordinal);

    [Fact]
    public void Read_takes_every_number_and_word_to_its_place()
    {
        var options = Read(
            ("client.id", "me"), ("client.rack", "r1"), ("isolation.level", "READ_UNCOMMITTED"), ("check.crcs", "false"), ("socket.timeout.ms", "1001"),
            ("socket.connection.setup.timeout.ms", "1002"), ("reconnect.backoff.ms", "3"), ("reconnect.backoff.max.ms", "4"), ("fetch.wait.max.ms", "5"),
            ("fetch.min.bytes", "6"), ("fetch.max.bytes", "7"), ("max.partition.fetch.bytes", "8"), ("receive.message.max.bytes", "1009"),
            ("topic.metadata.refresh.interval.ms", "10"), ("bayou.read.ahead.bytes", "1100000"), ("bayou.read.ahead.partition.bytes", "120000"),
            ("broker.address.family", "v4"), ("socket.keepalive.enable", "false"), ("socket.receive.buffer.bytes", "13"), ("socket.send.buffer.bytes", "14"),
            ("connections.max.idle.ms", "15")).Options!;

        Assert.Equal(
            new ClientOptions
            {
                BootstrapServers = options.BootstrapServers,
                Tls = options.Tls,
                ClientId = "me",
                ClientRack = "r1",
                IsReadCommitted = false,
                CheckCrcs = false,
                RequestTimeout = TimeSpan.FromMilliseconds(1001),
                ConnectTimeout = TimeSpan.FromMilliseconds(1002),
                ReconnectBackoff = TimeSpan.FromMilliseconds(3),
                ReconnectBackoffMax = TimeSpan.FromMilliseconds(4),
                FetchWaitMax = TimeSpan.FromMilliseconds(5),
                FetchMinBytes = 6,
                FetchMaxBytes = 7,
                PartitionFetchBytes = 8,
                ReceiveMaxBytes = 1009,
                MetadataInterval = TimeSpan.FromMilliseconds(10),
                ReadAheadBytes = 1_100_000,
                ReadAheadPartitionBytes = 120_000,
                AddressFamily = AddressFamily.InterNetwork,
                IsKeepAlive = false,
                SocketReceiveBytes = 13,
                SocketSendBytes = 14,
                ConnectionsMaxIdle = TimeSpan.FromMilliseconds(15),
            },
            options);
    }

    [Fact]
    public void Read_takes_ssl_options_to_their_places()
    {
        var options = Read(
            ("security.protocol", "ssl"), ("ssl.ca.location", "a"), ("ssl.ca.pem", "b"), ("ssl.certificate.location", "c"), ("ssl.certificate.pem", "d"), ("ssl.key.location", "e"),
            ("ssl.key.pem", "f"), ("ssl.key.password", "g"), ("ssl.keystore.location", "h"), ("ssl.keystore.password", "i"), ("ssl.endpoint.identification.algorithm", "none"),
            ("enable.ssl.certificate.verification", "false")).Options!;

        var tls = options.Tls;
        Assert.Equal(
            "a b c d e f g h i",
            $"{tls.CaLocation} {tls.CaPem} {tls.CertificateLocation} {tls.CertificatePem} {tls.KeyLocation} {tls.KeyPem} {tls.KeyPassword} {tls.KeystoreLocation} {tls.KeystorePassword}");
        Assert.Equal((false, false, SecurityProtocol.Ssl, true, false), (tls.ChecksName, tls.ChecksCertificate, options.Security, options.IsEncrypted, options.IsAuthenticated));
        Assert.Null(options.Sasl);
    }

    [Fact]
    public void Read_takes_user_and_password_and_prints_neither()
    {
        var options = Read(Scram).Options!;

        Assert.Equal(("SCRAM-SHA-512", "me", "hunter2"), (options.Sasl!.Mechanism, options.Sasl.Username, options.Sasl.Password));
        Assert.True(options is { IsEncrypted: true, IsAuthenticated: true });
        Assert.DoesNotContain("hunter2", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socket.timeout.ms", "ten", "a whole number from 10 to 300000")]
    [InlineData("socket.timeout.ms", "9", "a whole number from 10 to 300000")]
    [InlineData("fetch.wait.max.ms", "300001", "a whole number from 0 to 300000")]
    [InlineData("fetch.max.bytes", "99999999999999999999", "a whole number from 0 to 2147483135")]
    [InlineData("isolation.level", "read_everything", "one of 'read_committed', 'read_uncommitted'")]
    [InlineData("check.crcs", "yes", "one of 'true', 'false'")]
    [InlineData("security.protocol", "tls", "one of 'plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'")]
    [InlineData("broker.address.family", "v5", "one of 'any', 'v4', 'v6'")]
    public void Read_of_wrong_value_says_what_is_allowed(string name, string value, string allowed) =>
        Assert.Equal($"Option '{name}' is '{value}', but must be {allowed}.", Mistake((name, value)));

    [Theory]
    [InlineData("fetch.wait.max.msec", "; did you mean 'fetch.wait.max.ms'?")]
    [InlineData("Sasl.Pasword", "; did you mean 'sasl.password'?")]
    [InlineData("linger.msx", "; did you mean 'linger.ms'?")]
    [InlineData("nothing.like.it.at.all", ".")]
    public void Read_of_unknown_name_tells_the_nearest(string name, string expected) => Assert.Equal($"Option '{name}' is not known{expected}", Mistake((name, "hunter2")));

    [Theory]
    [InlineData("group.id", "partitions are not divided by a consumer group")]
    [InlineData("auto.offset.reset", "never skipped silently")]
    [InlineData("dotnet.consumer.consume.result.fields", "how this program uses its client")]
    public void Read_refuses_what_librdkafkas_reader_refuses(string name, string reason)
    {
        var mistake = Mistake((name, "x"));

        Assert.StartsWith($"Option '{name}' cannot be set: ", mistake, StringComparison.Ordinal);
        Assert.Contains(reason, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_tells_what_has_no_effect()
    {
        var read = Read(("statistics.interval.ms", "1000"), ("queued.min.messages", "5"), ("client", "managed"), ("sasl.kerberos.keytab", "/k"), ("acks", "all"));

        Assert.Empty(read.Mistakes);
        Assert.Equal(["acks", "queued.min.messages", "sasl.kerberos.keytab", "statistics.interval.ms"], read.WithoutEffect);
    }

    [Fact]
    public void Read_of_one_option_by_two_names_must_agree()
    {
        Assert.Equal(5, Read(("fetch.message.max.bytes", "5"), ("max.partition.fetch.bytes", "5")).Options!.PartitionFetchBytes);
        Assert.Equal(
            "Options 'max.partition.fetch.bytes' and 'fetch.message.max.bytes' are two names of the same, but differ. Remove one.",
            Mistake(("fetch.message.max.bytes", "5"), ("max.partition.fetch.bytes", "6")));
    }

    [Fact]
    public void Read_lets_a_response_be_as_large_as_a_fetch()
    {
        Assert.Equal(200_000_512, Read(("fetch.max.bytes", "200000000")).Options!.ReceiveMaxBytes);
        Assert.Contains("'receive.message.max.bytes' is '20000'", Mistake(("fetch.max.bytes", "19489"), ("receive.message.max.bytes", "20000")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void Read_of_no_refresh_means_never(string value) =>
        Assert.Equal(Timeout.InfiniteTimeSpan, Read(("topic.metadata.refresh.interval.ms", value)).Options!.MetadataInterval);

    [Theory]
    [InlineData("PLAIN", "sasl.username")]
    [InlineData("SCRAM-SHA-256", "sasl.username")]
    [InlineData("PLAIN", "sasl.password")]
    public void Read_of_mechanism_without_user_or_password_says_which(string mechanism, string missing)
    {
        var all = new[] { ("security.protocol", "sasl_plaintext"), ("sasl.mechanisms", mechanism), ("sasl.username", "me"), ("sasl.password", "hunter2") };

        Assert.StartsWith($"Option '{missing}' is missing: {mechanism} needs", Mistake([.. all.Where(one => one.Item1 != missing)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_unknown_mechanism_names_those_there_are() =>
        Assert.Equal(
            "Option 'sasl.mechanism' is 'CRAM', but must be one of 'PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER', 'GSSAPI'.",
            Mistake([.. Scram, ("sasl.mechanism", "CRAM")]));

    [Fact]
    public void Read_of_bearer_tokens_takes_file_endpoint_and_extensions()
    {
        (string, string)[] bearer = [("security.protocol", "sasl_ssl"), ("sasl.mechanism", "OAUTHBEARER")];
        (string, string)[] oidc =
        [
            .. bearer, ("sasl.oauthbearer.method", "oidc"), ("sasl.oauthbearer.client.id", "id"), ("sasl.oauthbearer.client.secret", "hunter2"),
            ("sasl.oauthbearer.token.endpoint.url", "https://idp.example/token"), ("sasl.oauthbearer.extensions", "logicalCluster=lkc-1,pool=p=2"),
        ];

        Assert.IsType<TokenFile>(Read([.. bearer, ("bayou.oauthbearer.token.file", "/t")]).Options!.Sasl!.Tokens);
        var sasl = Read(oidc).Options!.Sasl!;
        Assert.IsType<ClientCredentials>(sasl.Tokens);
        Assert.Equal([new("logicalCluster", "lkc-1"), new("pool", "p=2")], sasl.Extensions);
        Assert.Contains("'bayou.oauthbearer.token.file'", Mistake(bearer), StringComparison.Ordinal);
        Assert.Equal("Option 'sasl.oauthbearer.client.secret' is missing: the method oidc needs it.", Mistake([.. oidc.Where(one => one.Item1 != "sasl.oauthbearer.client.secret")]));
        Assert.Contains("begins with https://", Mistake([.. oidc, ("sasl.oauthbearer.token.endpoint.url", "idp.example")]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth=x")]
    [InlineData("a1=x")]
    [InlineData("x")]
    [InlineData("a=b\u0001c")]
    public void Read_of_wrong_extension_says_what_is_allowed(string extensions) =>
        Assert.StartsWith("Option 'sasl.oauthbearer.extensions' must have pairs", Mistake([.. Scram, ("sasl.oauthbearer.extensions", extensions)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("sasl.mechanism", "GSSAPI", "option 'sasl.mechanism' asks for GSSAPI (Kerberos), which only librdkafka has.")]
    [InlineData("sasl.mechanism", "", "option 'sasl.mechanism' is not set, and its default is GSSAPI (Kerberos), which only librdkafka has.")]
    [InlineData("ssl.engine.id", "dynamic", "option 'ssl.engine.id' is one that only librdkafka has.")]
    [InlineData("sasl.oauthbearer.grant.type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "option 'sasl.oauthbearer.grant.type' is 'urn:ietf:params:oauth:grant-type:jwt-bearer', which only librdkafka can do.")]
    public void NeedsLibrdkafka_for_what_only_it_can_do_says_why(string name, string value, string expected) =>
        Assert.Equal(expected, ClientOptionsReader.NeedsLibrdkafka(Define([.. Scram, (name, value)])));

    [Theory]
    [InlineData("sasl.kerberos.keytab", "/k")]
    [InlineData("sasl.oauthbearer.grant.type", "client_credentials")]
    [InlineData("enable.sasl.oauthbearer.unsecure.jwt", "false")]
    public void NeedsLibrdkafka_for_what_asks_for_nothing_is_null(string name, string value)
    {
        Assert.Null(ClientOptionsReader.NeedsLibrdkafka(Define([.. Scram, (name, value)])));
        Assert.Empty(Read([.. Scram, (name, value)]).Mistakes);
    }

    [Fact]
    public void NeedsLibrdkafka_without_SASL_passes_its_options_over() =>
        Assert.Null(ClientOptionsReader.NeedsLibrdkafka(Define([("sasl.mechanism", "GSSAPI"), ("sasl.oauthbearer.config", "x")])));

    private static SourceDefinition Define(params (string Name, string Value)[] options)
    {
        var all = new Dictionary<string, string> { ["bootstrap.servers"] = "host:9092" };
        foreach (var (name, value) in options) all[name] = value;
        return new SourceDefinition { Kind = "kafka", Topics = ["t"], Options = all };
    }

    private static ReadOptions Read(params (string Name, string Value)[] options) => ClientOptionsReader.Read(Define(options));

    private static string Mistake(params (string Name, string Value)[] options)
    {
        var read = Read(options);
        Assert.Null(read.Options);
        var mistake = Assert.Single(read.Mistakes);
        Assert.DoesNotContain("hunter2", mistake, StringComparison.Ordinal);
        return mistake;
    }
}
