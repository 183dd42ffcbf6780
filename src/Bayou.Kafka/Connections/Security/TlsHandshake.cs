using System.Net.Security;
using System.Security.Authentication;
using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>Encrypts a connection.</summary>
internal static class TlsHandshake
{
    /// <summary>The encrypted stream over <paramref name="plain"/>, which it owns. Throws <see cref="BrokerException"/>; the plain stream is then closed.</summary>
    public static async Task<Stream> AuthenticateAsync(Stream plain, HostPort broker, TlsOptions options, Attempt attempt)
    {
        var witness = new WitnessStream(plain);
        var check = new ServerCertificateCheck(broker, options);
        var tls = new SslStream(witness, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(Parameters(broker, options, check), attempt.Token);
            return tls;
        }
        catch (Exception error)
        {
            await tls.DisposeAsync();
            throw Explain(error, attempt, check, witness);
        }
    }

    private static SslClientAuthenticationOptions Parameters(HostPort broker, TlsOptions options, ServerCertificateCheck check) => new()
    {
        TargetHost = broker.Host.TrimEnd('.'),
        CertificateChainPolicy = TrustAnchors.Policy(options.CaLocation, options.CaPem, "ssl.ca"),
        ClientCertificateContext = ClientCertificate.Load(options),
        RemoteCertificateValidationCallback = check.Accepts,
    };

    private static Exception Explain(Exception error, Attempt attempt, ServerCertificateCheck check, WitnessStream witness)
    {
        if (check.Problem is { } problem) return attempt.Failed(SourceErrorKind.Refused, $"{problem}.", error);
        if (error is CertificateLoadException) return attempt.Failed(SourceErrorKind.Fatal, $"{error.Message}.", error);
        if (error is OperationCanceledException) return attempt.Failed(error, witness.First.IsEmpty ? ", it did not answer the TLS handshake" : "");
        if (TlsAlert.Recognize(error) is { } refused) return attempt.Failed(SourceErrorKind.Refused, $"{refused}.", error);
        if (witness.First.IsEmpty)
            return attempt.Failed(SourceErrorKind.Transient, "the broker closed the connection before it answered; a listener without TLS does that, then security.protocol must not be ssl or sasl_ssl.", error);
        if (witness.First is not [>= 0x14 and <= 0x17, ..] || witness.First is [_, not 0x03, ..])
            return attempt.Failed(SourceErrorKind.Fatal, "the broker did not answer with TLS; set security.protocol to plaintext, or sasl_plaintext, or see whether this is the right port.", error);
        return attempt.Failed(SourceErrorKind.Transient, $"{(error is AuthenticationException { InnerException: { } inner } ? inner : error).Message}", error);
    }
}
