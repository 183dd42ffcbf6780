namespace Bayou.Kafka.Connections.Security;

/// <summary>The client's side of one authentication by one mechanism. Throws <see cref="SaslException"/>.</summary>
internal interface ISaslExchange
{
    /// <summary>Why the broker refuses, as far as the mechanism tells; null otherwise.</summary>
    string? Refusal { get; }

    /// <summary>The first message to the broker.</summary>
    ValueTask<byte[]> StartAsync(CancellationToken cancellationToken);

    /// <summary>The answer to a message of the broker; null when the authentication is complete, and the broker's part was found right.</summary>
    byte[]? Answer(ReadOnlySpan<byte> message);
}
