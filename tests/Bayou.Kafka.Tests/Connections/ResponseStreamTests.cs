using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Connections.Support;

namespace Bayou.Kafka.Tests.Connections;

public sealed class ResponseStreamTests
{
    private readonly byte[] _content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7 >> 3))];

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public async Task Response_taken_in_every_way_is_what_was_sent(int pieces)
    {
        await using var server = Serving(pieces);
        await using var connection = await ConnectAsync(server);
        var response = connection.Response;
        await connection.SendAsync(new EchoRequest(), default);
        Assert.Equal(_content.Length, await connection.ReceiveHeaderAsync());

        var taken = new byte[_content.Length];
        var position = 0;
        foreach (var (byFilling, count) in new[] { (true, 3), (false, 100), (true, 5000), (false, 50_000), (false, 4000), (true, 20_000), (false, 0), (false, 1) })
        {
            if (byFilling)
            {
                Assert.True(await response.FillAsync(count));
                response.Available.Span[..count].CopyTo(taken.AsSpan(position));
                response.Advance(count);
            }
            else
            {
                await response.ReadExactlyAsync(taken.AsMemory(position, count));
            }

            position += count;
            Assert.Equal(_content.Length - position, response.Remaining);
        }

        await response.ReadExactlyAsync(taken.AsMemory(position));

        Assert.Equal(_content, taken);
        Assert.Equal((0, false, false), (response.Remaining, connection.IsBroken, await response.FillAsync(1)));
        Assert.True(response.Available.IsEmpty);
    }

    [Fact]
    public async Task FillAsync_beyond_the_response_is_false_and_takes_nothing()
    {
        await using var server = Serving(int.MaxValue);
        await using var connection = await ConnectAsync(server);
        await connection.SendAsync(new EchoRequest(), default);
        await connection.ReceiveHeaderAsync();

        Assert.False(await connection.Response.FillAsync(_content.Length + 1));
        Assert.True(await connection.Response.FillAsync(_content.Length));
        Assert.Equal(_content, connection.Response.Available.ToArray());
    }

    [Fact]
    public async Task SkipRestAsync_makes_room_for_the_next_request()
    {
        await using var server = Serving(int.MaxValue);
        await using var connection = await ConnectAsync(server);
        for (var i = 0; i < 3; i++)
        {
            await connection.SendAsync(new EchoRequest(), default);
            await connection.ReceiveHeaderAsync();
            await connection.Response.ReadExactlyAsync(new byte[i * 10]);
            await connection.Response.SkipRestAsync();
        }

        Assert.False(connection.IsBroken);
    }

    [Fact]
    public async Task Response_with_more_behind_it_breaks_the_connection()
    {
        await using var server = new FakeServer(async (stream, end) =>
        {
            var broker = new FakeBroker(stream, end);
            await broker.GreetAsync((ApiKey.Metadata, 0, 5));
            var request = await broker.NextAsync();
            await stream.WriteAsync((byte[])[.. FakeBroker.Frame(request.CorrelationId, [1, 2, 3]), 9], end);
            await broker.NextAsync();
        });
        await using var connection = await ConnectAsync(server);
        await connection.SendAsync(new EchoRequest(), default);
        await connection.ReceiveHeaderAsync();

        await connection.Response.ReadExactlyAsync(new byte[3]);

        Assert.True(connection.IsBroken);
    }

    [Fact]
    public async Task Response_that_is_there_already_is_taken_without_allocating()
    {
        using var attempt = new Attempt(new HostPort("host", 9092));
        var response = new ResponseStream(new RepeatingStream(FakeBroker.Frame(7, [0, .. _content])), attempt, int.MaxValue);
        var destination = new byte[_content.Length - 10];
        for (var i = 0; i < 50; i++) await TakeAsync();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) await TakeAsync();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        async ValueTask TakeAsync()
        {
            attempt.Begin(ApiKey.Fetch, TimeSpan.FromMinutes(1), default);
            await response.BeginAsync(7, flexible: true);
            await response.FillAsync(10);
            response.Advance(10);
            await response.ReadExactlyAsync(destination);
        }
    }

    private FakeServer Serving(int pieces) => new(async (stream, end) =>
    {
        var broker = new FakeBroker(stream, end);
        await broker.GreetAsync((ApiKey.Metadata, 0, 5));
        while (true)
        {
            var request = await broker.NextAsync();
            var frame = FakeBroker.Frame(request.CorrelationId, _content);
            // Small pieces at the start, where headers are; the rest in one.
            var cut = 0;
            for (; pieces < frame.Length && cut < 2000; cut += pieces) await stream.WriteAsync(frame.AsMemory(cut, pieces), end);
            await stream.WriteAsync(frame.AsMemory(cut), end);
        }
    });

    private static Task<BrokerConnection> ConnectAsync(FakeServer server) =>
        BrokerConnection.ConnectAsync(server.Address, new ClientOptions { BootstrapServers = [server.Address] }, null, null, default);
}
