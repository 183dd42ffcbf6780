using System.Text;
using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>PLAIN (RFC 4616): user and password as they are.</summary>
internal sealed class PlainExchange(string username, string password) : ISaslExchange
{
    /// <inheritdoc/>
    public string? Refusal => null;

    /// <inheritdoc/>
    public ValueTask<byte[]> StartAsync(CancellationToken cancellationToken)
    {
        if (username.Contains('\0') || password.Contains('\0'))
            throw new SaslException(SourceErrorKind.Fatal, "sasl.username or sasl.password has a character with the number 0, which PLAIN cannot carry");
        return new ValueTask<byte[]>(Encoding.UTF8.GetBytes($"\0{username}\0{password}"));
    }

    /// <inheritdoc/>
    public byte[]? Answer(ReadOnlySpan<byte> message) => null;
}
