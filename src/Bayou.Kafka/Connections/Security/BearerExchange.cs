using System.Text;
using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>OAUTHBEARER (RFC 7628): a token that somebody else issued.</summary>
internal sealed class BearerExchange(ITokenSource tokens, IReadOnlyList<KeyValuePair<string, string>> extensions) : ISaslExchange
{
    private static readonly byte[] Acknowledgement = [1];

    /// <inheritdoc/>
    public string? Refusal { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<byte[]> StartAsync(CancellationToken cancellationToken)
    {
        var token = await tokens.GetTokenAsync(cancellationToken);
        if (token.Length == 0 || token.Any(one => one is <= ' ' or > '~'))
            throw new SaslException(SourceErrorKind.Fatal, "the token is empty or has characters that no bearer token has");
        var message = new StringBuilder($"n,,\u0001auth=Bearer {token}\u0001");
        foreach (var (name, value) in extensions) message.Append(name).Append('=').Append(value).Append('\u0001');
        return Encoding.UTF8.GetBytes(message.Append('\u0001').ToString());
    }

    /// <inheritdoc/>
    public byte[]? Answer(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty) return null;
        // The broker tells why it refuses, and says so again as an error once that was acknowledged.
        if (Refusal is not null) throw new SaslException(SourceErrorKind.Refused, $"the broker refused the token: {Refusal}");
        Refusal = OutsideText.Shown(Encoding.UTF8.GetString(message));
        return Acknowledgement;
    }
}
