using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Sources;
using static Bayou.Kafka.Tests.Connections.Support.FakeBroker;

namespace Bayou.Kafka.Tests.Connections;

public sealed class BrokerConnectionTests
{
    private static readonly (ApiKey, short, short)[] Ranges = [(ApiKey.ApiVersions, 0, 3), (ApiKey.Metadata, 0, 5)];

    [Fact]
    public async Task ConnectAsync_finds_the_highest_common_version()
    {
        await using var server = Broker(broker => broker.GreetAsync((ApiKey.Metadata, 0, 40)));

        await using var connection = await ConnectAsync(server);

        Assert.Equal(12, connection.VersionOf(new EchoRequest()));
        Assert.Equal(server.Address, connection.Broker);
        Assert.False(connection.IsBroken);
    }

    [Fact]
    public async Task ConnectAsync_to_broker_of_older_ApiVersions_asks_again_in_its_version()
    {
        var versions = new List<short>();
        await using var server = Broker(async broker =>
        {
            var first = await broker.ExpectAsync(ApiKey.ApiVersions);
            await broker.AnswerAsync(first, [.. Int16(35), .. Int32(1), .. Int16(18), .. Int16(0), .. Int16(2)]);
            var second = await broker.ExpectAsync(ApiKey.ApiVersions);
            versions.AddRange([first.Version, second.Version]);
            await broker.AnswerAsync(second, ApiVersions(second.Version, Ranges));
        });

        await using var connection = await ConnectAsync(server);

        Assert.Equal([3, 2], versions);
        Assert.Equal(5, connection.VersionOf(new EchoRequest()));
    }

    [Fact]
    public async Task ConnectAsync_to_broker_that_says_only_that_it_is_older_asks_in_version_0()
    {
        await using var server = Broker(async broker =>
        {
            await broker.AnswerAsync(await broker.ExpectAsync(ApiKey.ApiVersions), [.. Int16(35), .. Int32(0)]);
            await broker.GreetAsync(Ranges);
        });

        await using var connection = await ConnectAsync(server);

        Assert.Equal(5, connection.VersionOf(new EchoRequest()));
    }

    [Theory]
    [InlineData(20, 30, "supports Metadata requests of version 20 to 30, Bayou those of version 1 to 12")]
    [InlineData(-1, -1, "does not support Metadata requests")]
    public async Task VersionOf_without_common_version_is_fatal(short min, short max, string expected)
    {
        await using var server = Broker(broker => broker.GreetAsync(min < 0 ? [] : [(ApiKey.Metadata, min, max)]));
        await using var connection = await ConnectAsync(server);

        var error = Assert.Throws<BrokerException>(() => connection.VersionOf(new EchoRequest()));

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_takes_a_response_larger_than_the_first_read()
    {
        var content = new byte[300_000];
        Random.Shared.NextBytes(content);
        await using var server = Answering([.. Int32(content.Length), .. content]);
        await using var connection = await ConnectAsync(server);

        Assert.Equal(content, await connection.AskAsync(new EchoRequest(), default));
        Assert.Equal(content, await connection.AskAsync(new EchoRequest(), default));
        Assert.False(connection.IsBroken);
    }

    [Fact]
    public async Task AskAsync_in_flexible_version_passes_the_headers_tags()
    {
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync((ApiKey.Metadata, 0, 9));
            var request = await broker.ExpectAsync(ApiKey.Metadata);
            Assert.Equal([0, 0, 9], request.Body);
            await broker.AnswerAsync(request, [2, 7, 3, 1, 2, 3, 200, 1, 1, 9, 4, 10, 20, 30]);
        });
        await using var connection = await ConnectAsync(server);

        Assert.Equal([10, 20, 30], await connection.AskAsync(new EchoRequest(), default));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 9, 1 }, "ends too early")]
    [InlineData(new byte[] { 0, 0 }, "ends too early")]
    public async Task AskAsync_of_short_response_breaks_the_connection(byte[] body, string expected)
    {
        await using var server = Answering(body);
        await using var connection = await ConnectAsync(server);

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new EchoRequest(), default));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(connection.IsBroken);
        Assert.Contains("was not sent", (await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new EchoRequest(), default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_answered_with_another_correlation_breaks_the_connection()
    {
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync(Ranges);
            var request = await broker.NextAsync();
            await broker.Stream.WriteAsync(Frame(request.CorrelationId + 1, Int32(0)));
        });
        await using var connection = await ConnectAsync(server);

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new EchoRequest(), default));

        Assert.Contains("answers request 3 instead of 2", error.Message, StringComparison.Ordinal);
        Assert.True(connection.IsBroken);
    }

    [Fact]
    public async Task AskAsync_of_response_beyond_the_limit_refuses_it_unread()
    {
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync(Ranges);
            await broker.NextAsync();
            await broker.Stream.WriteAsync(Int32(100_000_001));
        });
        await using var connection = await ConnectAsync(server);

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new EchoRequest(), default));

        Assert.Contains("100,000,001 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("receive.message.max.bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_of_stalled_response_ends_in_time_and_tells_how_much_came()
    {
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync(Ranges);
            var request = await broker.NextAsync();
            await broker.Stream.WriteAsync(Frame(request.CorrelationId, [.. Int32(96), .. new byte[96]]).AsMemory(0, 44));
            await broker.NextAsync();
        });
        await using var connection = await ConnectAsync(server, options => options with { RequestTimeout = TimeSpan.FromMilliseconds(300) });

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new EchoRequest(), default));

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.Contains($"Metadata request to {server.Address} took longer than 300 ms after 40 of 104 bytes of the response", error.Message, StringComparison.Ordinal);
        Assert.True(connection.IsBroken);
    }

    [Fact]
    public async Task AskAsync_cancelled_while_it_waits_breaks_the_connection()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync(Ranges);
            await broker.NextAsync();
            await cancel.CancelAsync();
            await broker.NextAsync();
        });
        await using var connection = await ConnectAsync(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.AskAsync(new EchoRequest(), cancel.Token));

        Assert.True(connection.IsBroken);
    }

    [Fact]
    public async Task AskAsync_of_closed_connection_is_transient()
    {
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync(Ranges);
            var request = await broker.NextAsync();
            await broker.Stream.WriteAsync(Frame(request.CorrelationId, [.. Int32(96), .. new byte[96]]).AsMemory(0, 14));
        });
        await using var connection = await ConnectAsync(server);

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.AskAsync(new EchoRequest(), default));

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.Contains("the broker closed the connection after 10 of 104 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_ends_the_wait_for_a_response()
    {
        var asked = new TaskCompletionSource();
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync(Ranges);
            await broker.NextAsync();
            asked.SetResult();
            await broker.NextAsync();
        });
        var connection = await ConnectAsync(server);
        var waiting = connection.AskAsync(new EchoRequest(), default);
        await asked.Task;

        await connection.DisposeAsync();

        Assert.Equal(SourceErrorKind.Transient, (await Assert.ThrowsAsync<BrokerException>(() => waiting)).Kind);
        Assert.True(connection.IsBroken);
    }

    [Fact]
    public async Task SendAsync_of_fetch_may_take_as_long_as_the_broker_keeps_it()
    {
        await using var server = Broker(async broker =>
        {
            await broker.GreetAsync((ApiKey.Fetch, 0, 5));
            await broker.NextAsync();
            await broker.NextAsync();
        });
        await using var connection = await ConnectAsync(
            server, options => options with { RequestTimeout = TimeSpan.FromMilliseconds(100), FetchWaitMax = TimeSpan.FromMilliseconds(150) });
        await connection.SendAsync(new EchoRequest(key: ApiKey.Fetch), default);

        var error = await Assert.ThrowsAsync<BrokerException>(() => connection.ReceiveHeaderAsync().AsTask());

        Assert.Equal($"Fetch request to {server.Address} took longer than 250 ms before it answered.", error.Message);
    }

    [Fact]
    public async Task SendAsync_before_the_response_was_taken_breaks_the_connection()
    {
        await using var server = Answering([.. Int32(3), 1, 2, 3]);
        await using var connection = await ConnectAsync(server);
        await connection.SendAsync(new EchoRequest(), default);
        Assert.Equal(7, await connection.ReceiveHeaderAsync());

        await Assert.ThrowsAsync<BrokerException>(() => connection.SendAsync(new EchoRequest(), default));

        Assert.True(connection.IsBroken);
    }

    private static FakeServer Broker(Func<FakeBroker, Task> serve) => new((stream, end) => serve(new FakeBroker(stream, end)));

    private static FakeServer Answering(byte[] body) => Broker(async broker =>
    {
        await broker.GreetAsync(Ranges);
        while (true) await broker.AnswerAsync(await broker.NextAsync(), body);
    });

    private static Task<BrokerConnection> ConnectAsync(FakeServer server, Func<ClientOptions, ClientOptions>? with = null)
    {
        var options = new ClientOptions { BootstrapServers = [server.Address] };
        return BrokerConnection.ConnectAsync(server.Address, with?.Invoke(options) ?? options, null, null, default);
    }
}
