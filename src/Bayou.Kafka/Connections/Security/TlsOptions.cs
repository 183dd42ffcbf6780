namespace Bayou.Kafka.Connections.Security;

/// <summary>How connections are encrypted. Files are read at each connection, so that renewed certificates take effect. Not a record: it must not print its secrets.</summary>
internal sealed class TlsOptions
{
    /// <summary><c>ssl.ca.location</c>: a PEM file, or a folder of such; null with no <see cref="CaPem"/> means the system's authorities.</summary>
    public string? CaLocation { get; init; }

    /// <summary><c>ssl.ca.pem</c>: the same as text.</summary>
    public string? CaPem { get; init; }

    /// <summary><c>ssl.certificate.location</c>: the client's certificate, and those between it and its authority, in PEM.</summary>
    public string? CertificateLocation { get; init; }

    /// <summary><c>ssl.certificate.pem</c>: the same as text.</summary>
    public string? CertificatePem { get; init; }

    /// <summary><c>ssl.key.location</c>: the private key of the client's certificate in PEM.</summary>
    public string? KeyLocation { get; init; }

    /// <summary><c>ssl.key.pem</c>: the same as text.</summary>
    public string? KeyPem { get; init; }

    /// <summary><c>ssl.key.password</c>, of an encrypted private key.</summary>
    public string? KeyPassword { get; init; }

    /// <summary><c>ssl.keystore.location</c>: certificate and key together as PKCS#12.</summary>
    public string? KeystoreLocation { get; init; }

    /// <summary><c>ssl.keystore.password</c>.</summary>
    public string? KeystorePassword { get; init; }

    /// <summary><c>ssl.endpoint.identification.algorithm</c>: whether the certificate must be for the name that was dialed.</summary>
    public bool ChecksName { get; init; } = true;

    /// <summary><c>enable.ssl.certificate.verification</c>: without it, anyone may be the broker.</summary>
    public bool ChecksCertificate { get; init; } = true;
}
