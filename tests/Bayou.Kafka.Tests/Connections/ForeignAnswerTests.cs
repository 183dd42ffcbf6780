using Bayou.Kafka.Connections;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Connections;

public sealed class ForeignAnswerTests
{
    public static readonly TheoryData<byte[], SourceErrorKind, string> Answers = new()
    {
        { "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), SourceErrorKind.Fatal, "it does not speak Kafka's protocol, the answer looks like HTTP; is this the right port?" },
        { [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50], SourceErrorKind.Fatal, "the broker expects TLS; set security.protocol to ssl, or sasl_ssl" },
        { "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), SourceErrorKind.Fatal, "the answer looks like SSH" },
        { [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], SourceErrorKind.Fatal, "it does not speak Kafka's protocol; is this the right port?" },
        { "220 mail.example ESMTP\r\n"u8.ToArray(), SourceErrorKind.Transient, "more than receive.message.max.bytes allows" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task ConnectAsync_to_what_is_no_broker_says_what_it_looks_like(byte[] answer, SourceErrorKind kind, string expected)
    {
        await using var server = FakeServer.Saying(answer);

        var error = await FailAsync(server, TimeSpan.FromSeconds(30));

        Assert.StartsWith($"Connecting to {server.Address} failed at ApiVersions: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public async Task ConnectAsync_to_what_closes_at_once_hints_at_TLS()
    {
        await using var server = new FakeServer(async (stream, end) => await stream.ReadAtLeastAsync(new byte[4], 4, cancellationToken: end));

        var error = await FailAsync(server, TimeSpan.FromSeconds(30));

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.Contains("; a listener with TLS closes connections without, then set security.protocol to ssl, or sasl_ssl.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_to_what_never_answers_ends_in_time()
    {
        await using var server = new FakeServer((_, end) => Task.Delay(Timeout.Infinite, end));

        var error = await FailAsync(server, TimeSpan.FromMilliseconds(200));

        Assert.Equal($"Connecting to {server.Address} took longer than 200 ms at ApiVersions before it answered.", error.Message);
        Assert.Equal(SourceErrorKind.Transient, error.Kind);
    }

    [Fact]
    public async Task ConnectAsync_to_what_answers_without_end_ends_in_time()
    {
        await using var server = new FakeServer(async (stream, end) =>
        {
            await stream.WriteAsync(new byte[] { 0, 1, 0, 0, 0, 0, 0, 1 }, end);
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await pace.WaitForNextTickAsync(end)) await stream.WriteAsync(new byte[1], end);
        });

        var error = await FailAsync(server, TimeSpan.FromMilliseconds(300));

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.Matches($"^Connecting to {server.Address} took longer than 300 ms at ApiVersions after [0-9]+ of 65,536 bytes of the response\\.$", error.Message);
    }

    [Fact]
    public void Recognize_of_a_responses_size_is_null() => Assert.Null(ForeignAnswer.Recognize([0, 0, 1, 0]));

    [Fact]
    public void OutsideText_is_cut_and_has_no_control_characters() =>
        Assert.Equal($"a b{new string('x', 297)}...", OutsideText.Shown("a\u001bb" + new string('x', 400)));

    private static Task<BrokerException> FailAsync(FakeServer server, TimeSpan limit)
    {
        var options = new ClientOptions { BootstrapServers = [server.Address], ConnectTimeout = limit };
        return Assert.ThrowsAsync<BrokerException>(() => BrokerConnection.ConnectAsync(server.Address, options, null, null, default));
    }
}
