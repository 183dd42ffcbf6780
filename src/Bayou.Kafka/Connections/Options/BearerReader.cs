using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Connections.Options;

/// <summary>Reads where bearer tokens come from.</summary>
internal static class BearerReader
{
    private const string Endpoint = "sasl.oauthbearer.token.endpoint.url";

    /// <summary>The source of tokens: a file, or client credentials; null when <paramref name="isUsed"/> is false or something is wrong.</summary>
    public static ITokenSource? Tokens(OptionValues values, bool isUsed)
    {
        var file = values.Text("bayou.oauthbearer.token.file");
        var isOidc = values.Choice(false, ["sasl.oauthbearer.method"], ("default", false), ("oidc", true));
        var endpoint = values.Text(Endpoint);
        var id = values.Text("sasl.oauthbearer.client.id", "sasl.oauthbearer.client.credentials.client.id");
        var secret = values.Text("sasl.oauthbearer.client.secret", "sasl.oauthbearer.client.credentials.client.secret");
        var scope = values.Text("sasl.oauthbearer.scope");
        var (caLocation, caPem) = (values.Text("https.ca.location"), values.Text("https.ca.pem"));
        if (!isUsed) return null;
        if (file is not null) return new TokenFile(file);
        if (!isOidc)
        {
            values.Mistake("OAUTHBEARER needs tokens: set 'sasl.oauthbearer.method' to 'oidc' and the options of the token endpoint, or name a file in 'bayou.oauthbearer.token.file'.");
            return null;
        }

        foreach (var (name, value) in new[] { (Endpoint, endpoint), ("sasl.oauthbearer.client.id", id), ("sasl.oauthbearer.client.secret", secret) })
            if (value is null) values.Mistake($"Option '{name}' is missing: the method oidc needs it.");
        if (endpoint is null || id is null || secret is null) return null;
        if (Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            return new ClientCredentials(address, id, secret, scope, caLocation, caPem);
        values.Mistake($"Option '{Endpoint}' must be an address that begins with https:// or http://.");
        return null;
    }

    /// <summary><c>name=value</c> pairs with commas in between; names have letters only (RFC 7628).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Extensions(OptionValues values)
    {
        const string Name = "sasl.oauthbearer.extensions";
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in (values.Text(Name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals > 0 ? (part[..equals].Trim(), part[(equals + 1)..]) : ("", "");
            if (name.Length > 0 && name != "auth" && name.All(char.IsAsciiLetter) && !value.Any(char.IsControl)) pairs.Add(new(name, value));
            else values.Mistake($"Option '{Name}' must have pairs as name=value with commas in between; names have letters only, and none is 'auth'.");
        }

        return pairs;
    }
}
