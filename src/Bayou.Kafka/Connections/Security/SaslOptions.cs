namespace Bayou.Kafka.Connections.Security;

/// <summary>How connections are authenticated. Not a record: it must not print its secrets.</summary>
internal sealed class SaslOptions
{
    /// <summary><c>sasl.mechanism</c>: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER.</summary>
    public required string Mechanism { get; init; }

    /// <summary><c>sasl.username</c>.</summary>
    public string Username { get; init; } = "";

    /// <summary><c>sasl.password</c>.</summary>
    public string Password { get; init; } = "";

    /// <summary>Where tokens of OAUTHBEARER come from; null for other mechanisms.</summary>
    public ITokenSource? Tokens { get; init; }

    /// <summary><c>sasl.oauthbearer.extensions</c>: told to the broker with the token.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = [];
}
