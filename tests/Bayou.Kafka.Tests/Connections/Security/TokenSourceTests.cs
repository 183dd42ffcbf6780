using System.Text;
using Bayou.Kafka.Connections.Security;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Connections.Security;

public sealed class TokenSourceTests
{
    [Fact]
    public async Task TokenFile_is_read_anew_each_time()
    {
        var path = Path.GetTempFileName();
        var tokens = new TokenFile(path);

        await File.WriteAllTextAsync(path, "first\n");
        var first = await tokens.GetTokenAsync(default);
        await File.WriteAllTextAsync(path, "  second ");
        var second = await tokens.GetTokenAsync(default);
        File.Delete(path);
        var error = await Assert.ThrowsAsync<SaslException>(() => tokens.GetTokenAsync(default).AsTask());

        Assert.Equal(("first", "second"), (first, second));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(SourceErrorKind.Transient, error.Kind);
    }

    [Fact]
    public async Task TokenFile_that_is_far_too_large_is_not_read()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, new byte[65_537]);

        var error = await Assert.ThrowsAsync<SaslException>(() => new TokenFile(path).GetTokenAsync(default).AsTask());
        File.Delete(path);

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
    }

    [Fact]
    public async Task ClientCredentials_posts_the_grant_with_id_and_secret_in_the_header()
    {
        var requests = new List<string>();
        await using var server = Http("200 OK", """{"token_type":"bearer","access_token":"abc.def","expires_in":60}""", requests);

        var token = await Create(server, scope: "read write").GetTokenAsync(default);

        Assert.Equal("abc.def", token);
        var request = Assert.Single(requests);
        Assert.StartsWith("POST /token HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("id:hunter2"u8)}\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("grant_type=client_credentials&scope=read+write", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401 Unauthorized", """{"error":"invalid_client","error_description":"no such client"}""", SourceErrorKind.Refused, "status 401 (invalid_client: no such client)")]
    [InlineData("400 Bad Request", "<html>", SourceErrorKind.Refused, "status 400")]
    [InlineData("503 Service Unavailable", "", SourceErrorKind.Transient, "status 503")]
    [InlineData("302 Found", "", SourceErrorKind.Transient, "status 302")]
    [InlineData("200 OK", """{"access_token":5}""", SourceErrorKind.Transient, "has no access_token")]
    [InlineData("200 OK", "[]", SourceErrorKind.Transient, "has no access_token")]
    [InlineData("200 OK", "", SourceErrorKind.Transient, "has no access_token")]
    public async Task ClientCredentials_without_token_says_why(string status, string body, SourceErrorKind kind, string expected)
    {
        await using var server = Http(status, body, []);

        var error = await Assert.ThrowsAsync<SaslException>(() => Create(server).GetTokenAsync(default).AsTask());

        Assert.Equal(kind, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains($"http://{server.Address}/token", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientCredentials_of_endpoint_that_is_away_is_transient()
    {
        var server = Http("200 OK", "", []);
        var (tokens, address) = (Create(server), server.Address);
        await server.DisposeAsync();

        var error = await Assert.ThrowsAsync<SaslException>(() => tokens.GetTokenAsync(default).AsTask());

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.StartsWith($"asking http://{address}/token for a token failed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientCredentials_hold_back_what_the_address_keeps_secret()
    {
        await using var server = Http("503 Away", "", []);
        var tokens = new ClientCredentials(new Uri($"http://user:hunter1@{server.Address}/token?key=hunter3"), "id", "hunter2", null, null, null);

        var error = await Assert.ThrowsAsync<SaslException>(() => tokens.GetTokenAsync(default).AsTask());

        Assert.DoesNotContain("hunter", error.ToString(), StringComparison.Ordinal);
    }

    private static ClientCredentials Create(FakeServer server, string? scope = null) =>
        new(new Uri($"http://{server.Address}/token"), "id", "hunter2", scope, null, null);

    private static FakeServer Http(string status, string body, List<string> requests) => new(async (stream, end) =>
    {
        var buffer = new byte[4096];
        var text = "";
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) || !text.Contains("grant_type", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, end);
            if (count == 0) return;
            text += Encoding.UTF8.GetString(buffer, 0, count);
        }

        requests.Add(text);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"), end);
    });
}
