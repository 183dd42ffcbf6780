namespace Bayou.Kafka.Connections.Security;

/// <summary><c>security.protocol</c>.</summary>
internal enum SecurityProtocol
{
    /// <summary>Neither encrypted nor authenticated.</summary>
    Plaintext,

    /// <summary>TLS.</summary>
    Ssl,

    /// <summary>Authenticated, not encrypted.</summary>
    SaslPlaintext,

    /// <summary>Authenticated under TLS.</summary>
    SaslSsl,
}
