using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>
/// Tokens by OAuth's client credentials (RFC 6749, 4.4): each authentication asks the token endpoint for a new one. Id and secret go in an Authorization header,
/// as they are.
/// </summary>
internal sealed class ClientCredentials : ITokenSource
{
    private readonly Uri _endpoint;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly string? _scope;
    private readonly string? _caLocation;
    private readonly string? _caPem;

    /// <summary>Tokens from <paramref name="endpoint"/>.</summary>
    /// <param name="endpoint">The token endpoint's address.</param>
    /// <param name="clientId">The client's id.</param>
    /// <param name="clientSecret">Its secret.</param>
    /// <param name="scope">What is asked for, or null.</param>
    /// <param name="caLocation"><c>https.ca.location</c>: whom to trust about the endpoint, or null for the system's authorities.</param>
    /// <param name="caPem"><c>https.ca.pem</c>: the same as text.</param>
    public ClientCredentials(Uri endpoint, string clientId, string clientSecret, string? scope, string? caLocation, string? caPem)
    {
        (_endpoint, _scope, _caLocation, _caPem) = (endpoint, scope, caLocation, caPem);
        _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}")));
    }

    /// <inheritdoc/>
    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (_scope is not null) form.Add(new("scope", _scope));
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = _authorization;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var http = Open();
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? Token(body) : throw Failed(response.StatusCode, body);
        }
        catch (CertificateLoadException error)
        {
            throw new SaslException(SourceErrorKind.Fatal, error.Message, error);
        }
        catch (HttpRequestException error)
        {
            throw new SaslException(SourceErrorKind.Transient, $"asking {Shown} for a token failed: {error.Message}", error);
        }
    }

    // Without user and query, which may hold a secret.
    private string Shown => _endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    // Tokens are asked for seldom: no connection is kept in between.
    private HttpClient Open()
    {
        // A redirect could lead the secret elsewhere.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (_caLocation is not null || _caPem is not null) handler.SslOptions.CertificateChainPolicy = TrustAnchors.Policy(_caLocation, _caPem, "https.ca");
        // How long it may take is the caller's matter.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20 };
    }

    private string Token(byte[] body) =>
        Text(body, "access_token") ?? throw new SaslException(SourceErrorKind.Transient, $"the answer of {Shown} has no access_token");

    private SaslException Failed(HttpStatusCode status, byte[] body)
    {
        var why = string.Join(": ", new[] { Text(body, "error"), Text(body, "error_description") }.Where(one => one is not null).Select(OutsideText.Shown));
        var refused = status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        return new SaslException(
            refused ? SourceErrorKind.Refused : SourceErrorKind.Transient,
            $"{Shown} gave no token but status {(int)status}{(why.Length > 0 ? $" ({why})" : "")}{(refused ? "; see sasl.oauthbearer.client.id and its secret" : "")}");
    }

    private static string? Text(byte[] body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
