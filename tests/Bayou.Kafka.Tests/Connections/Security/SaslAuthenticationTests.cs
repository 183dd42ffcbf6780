using System.Text;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Connections.Security;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Sources;
using static Bayou.Kafka.Tests.Connections.Support.FakeBroker;

namespace Bayou.Kafka.Tests.Connections.Security;

public sealed class SaslAuthenticationTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task ConnectAsync_by_PLAIN_sends_user_and_password()
    {
        var seen = new List<string>();
        await using var server = Broker(broker => AcceptAsync(broker, seen));

        await using var connection = await ConnectAsync(server, Plain());

        Assert.Equal(["PLAIN", "\0me\0hunter2"], seen);
    }

    [Fact]
    public async Task ConnectAsync_by_OAUTHBEARER_sends_token_and_extensions()
    {
        var seen = new List<string>();
        await using var server = Broker(broker => AcceptAsync(broker, seen));

        await using var connection = await ConnectAsync(server, Bearer(new FixedToken(), new("cluster", "lkc-1"), new("pool", "p 2")));

        Assert.Equal(["OAUTHBEARER", "n,,\u0001auth=Bearer t1\u0001cluster=lkc-1\u0001pool=p 2\u0001\u0001"], seen);
    }

    [Fact]
    public async Task ConnectAsync_with_refused_token_acknowledges_and_tells_why()
    {
        var seen = new List<string>();
        await using var server = Broker(async broker =>
        {
            await HandshakeAsync(broker, seen);
            await AnswerAsync(broker, seen, BrokerError.None, null, """{"status":"invalid_token"}""");
            await AnswerAsync(broker, seen, BrokerError.SaslAuthenticationFailed, "no such user", "");
        });

        var error = await FailAsync(server, Bearer(new FixedToken("secret-token")));

        Assert.Equal("\u0001", seen[^1]);
        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Equal(
            $$"""Connecting to {{server.Address}} failed at SASL authentication: the broker refused the token by OAUTHBEARER: no such user; {"status":"invalid_token"}.""",
            error.Message);
        Assert.DoesNotContain("secret-token", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\u0001auth=Bearer other")]
    public async Task ConnectAsync_with_impossible_token_does_not_send_it(string token)
    {
        var seen = new List<string>();
        await using var server = Broker(broker => HandshakeAsync(broker, seen));

        var error = await FailAsync(server, Bearer(new FixedToken(token)));

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.Equal(["OAUTHBEARER"], seen);
    }

    [Fact]
    public async Task ConnectAsync_refused_names_user_and_the_brokers_words()
    {
        await using var server = Broker(async broker =>
        {
            await HandshakeAsync(broker, []);
            await AnswerAsync(broker, [], BrokerError.SaslAuthenticationFailed, "Invalid\r\nusername", "");
        });

        var error = await FailAsync(server, Plain());

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Equal($"Connecting to {server.Address} failed at SASL authentication: the broker refused user 'me' or the password by PLAIN: Invalid  username.", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_by_SCRAM_to_broker_that_skips_its_proof_fails()
    {
        await using var server = Broker(broker => AcceptAsync(broker, []));

        var error = await FailAsync(server, new SaslOptions { Mechanism = "SCRAM-SHA-256", Username = "me", Password = "hunter2" });

        Assert.Contains("the broker's message is not one of SCRAM", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_to_broker_that_never_comes_to_an_end_fails()
    {
        await using var server = Broker(async broker =>
        {
            await HandshakeAsync(broker, []);
            while (true) await AnswerAsync(broker, [], BrokerError.None, null, "again");
        });

        var error = await FailAsync(server, Bearer(new FixedToken("t")));

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Contains("the broker refused the token: again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_authenticates_again_before_the_lifetime_is_over()
    {
        var seen = new List<string>();
        await using var server = Broker(async broker =>
        {
            await AcceptAsync(broker, seen, lifetime: 1000);
            await EchoAsync(broker, seen);
            await AcceptAsync(broker, seen, lifetime: 0, greets: false);
            await EchoAsync(broker, seen);
            await EchoAsync(broker, seen);
        });
        await using var connection = await ConnectAsync(server, Bearer(new FixedToken()));

        _time.Advance(TimeSpan.FromMilliseconds(849));
        await connection.AskAsync(new EchoRequest(), default);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await connection.AskAsync(new EchoRequest(), default);
        _time.Advance(TimeSpan.FromDays(30));
        await connection.AskAsync(new EchoRequest(), default);

        Assert.Equal(["OAUTHBEARER", Sent("t1"), "Metadata", "OAUTHBEARER", Sent("t2"), "Metadata", "Metadata"], seen);
    }

    [Fact]
    public async Task AskAsync_whose_new_authentication_is_refused_breaks_the_connection()
    {
        await using var server = Broker(async broker =>
        {
            await AcceptAsync(broker, [], lifetime: 1000);
            await HandshakeAsync(broker, [], greets: false);
            await AnswerAsync(broker, [], BrokerError.SaslAuthenticationFailed, "expired", "");
        });
        await using var connection = await ConnectAsync(server, Plain());
        _time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new EchoRequest(), default));

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.StartsWith($"Authenticating again at {server.Address} failed at SASL authentication: ", error.Message, StringComparison.Ordinal);
        Assert.True(connection.IsBroken);
    }

    private static string Sent(string token) => $"n,,\u0001auth=Bearer {token}\u0001\u0001";

    private static SaslOptions Plain() => new() { Mechanism = "PLAIN", Username = "me", Password = "hunter2" };

    private static SaslOptions Bearer(ITokenSource tokens, params KeyValuePair<string, string>[] extensions) =>
        new() { Mechanism = "OAUTHBEARER", Tokens = tokens, Extensions = extensions };

    private static FakeServer Broker(Func<FakeBroker, Task> serve) => new((stream, end) => serve(new FakeBroker(stream, end)));

    private static async Task HandshakeAsync(FakeBroker broker, List<string> seen, bool greets = true)
    {
        if (greets) await broker.GreetAsync((ApiKey.SaslHandshake, 0, 1), (ApiKey.SaslAuthenticate, 0, 1), (ApiKey.Metadata, 0, 5));
        var request = await broker.ExpectAsync(ApiKey.SaslHandshake);
        seen.Add(Encoding.UTF8.GetString(request.Body.AsSpan(2)));
        await broker.AnswerAsync(request, ErrorAndStrings(BrokerError.None, "PLAIN", "OAUTHBEARER"));
    }

    private static async Task AnswerAsync(FakeBroker broker, List<string> seen, BrokerError error, string? message, string token, long lifetime = 0)
    {
        var request = await broker.ExpectAsync(ApiKey.SaslAuthenticate);
        seen.Add(Encoding.UTF8.GetString(request.Body.AsSpan(4)));
        var writer = new ProtocolWriter();
        writer.WriteInt16((short)error);
        writer.WriteString(message);
        writer.WriteBytes(Encoding.UTF8.GetBytes(token));
        writer.WriteInt64(lifetime);
        await broker.AnswerAsync(request, writer.Written.ToArray());
    }

    private static async Task AcceptAsync(FakeBroker broker, List<string> seen, long lifetime = 0, bool greets = true)
    {
        await HandshakeAsync(broker, seen, greets);
        await AnswerAsync(broker, seen, BrokerError.None, null, "", lifetime);
    }

    private static async Task EchoAsync(FakeBroker broker, List<string> seen)
    {
        var request = await broker.NextAsync();
        seen.Add($"{request.Key}");
        await broker.AnswerAsync(request, Int32(0));
    }

    private Task<BrokerConnection> ConnectAsync(FakeServer server, SaslOptions sasl)
    {
        var options = new ClientOptions { BootstrapServers = [server.Address], Security = SecurityProtocol.SaslPlaintext, Sasl = sasl };
        return BrokerConnection.ConnectAsync(server.Address, options, null, _time, default);
    }

    private Task<BrokerException> FailAsync(FakeServer server, SaslOptions sasl) => Assert.ThrowsAsync<BrokerException>(() => ConnectAsync(server, sasl));
}
