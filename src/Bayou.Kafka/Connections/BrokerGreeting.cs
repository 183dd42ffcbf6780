using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Connections;

/// <summary>The steps after dialing: TLS, versions, authentication.</summary>
internal static class BrokerGreeting
{
    /// <summary>Goes through the steps that the options ask for. Owns <paramref name="plain"/> from the start.</summary>
    public static async Task<GreetedBroker> GreetAsync(Stream plain, HostPort broker, ClientOptions options, TimeProvider time, Attempt attempt)
    {
        var stream = plain;
        try
        {
            attempt.Step = "TLS handshake";
            if (options.IsEncrypted) stream = await TlsHandshake.AuthenticateAsync(plain, broker, options.Tls, attempt);
            var wire = new BrokerWire(stream, attempt, options);
            attempt.Step = "ApiVersions";
            attempt.ClosedHint = options.IsEncrypted ? WithoutCertificate(options) : "; a listener with TLS closes connections without, then set security.protocol to ssl, or sasl_ssl";
            var versions = await ApiVersionsExchange.AskAsync(wire, attempt, broker);
            attempt.ClosedHint = options.IsAuthenticated ? null : $"; a listener with SASL closes connections without, then set security.protocol to {(options.IsEncrypted ? "sasl_ssl" : "sasl_plaintext, or sasl_ssl")}";
            var session = options.IsAuthenticated ? new SaslSession(new SaslAuthentication(options.Sasl!, wire, attempt, versions), time) : null;
            if (session is not null) await session.BeginAsync();
            return new GreetedBroker(stream, wire, versions, session);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    // By TLS 1.3 a client learns only after its handshake that its certificate was missed, if the broker tells it at all.
    private static string? WithoutCertificate(ClientOptions options) =>
        options.Tls is { KeystoreLocation: null, CertificateLocation: null, CertificatePem: null }
            ? "; a listener that wants client certificates closes connections without, then set ssl.keystore.location, or ssl.certificate.location and ssl.key.location"
            : null;
}
