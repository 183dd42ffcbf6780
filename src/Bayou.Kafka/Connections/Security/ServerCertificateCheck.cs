using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Bayou.Kafka.Connections.Security;

/// <summary>Decides whether a broker's certificate is accepted, and says in words why not.</summary>
internal sealed class ServerCertificateCheck(HostPort broker, TlsOptions options)
{
    /// <summary>What is wrong with the certificate and what can be done; null as long as nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>The callback of the TLS handshake.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!options.ChecksCertificate) return true;
        if (!options.ChecksName) errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        if (errors == SslPolicyErrors.None) return true;
        Problem = certificate is X509Certificate2 shown ? Describe(shown, chain, errors) : "the broker showed no certificate";
        return false;
    }

    private string Describe(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid)) return DescribeTime(certificate, chain!);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the broker's certificate is for {Names(certificate)}, not for '{broker.Host}'; connect by a name that it has, or set ssl.endpoint.identification.algorithm to none";
        if ((status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid)) != 0)
            return $"the broker's certificate '{OutsideText.Shown(certificate.Subject)}' comes from '{OutsideText.Shown(chain!.ChainElements[^1].Certificate.Issuer)}', "
                + $"which {(options.CaLocation is null && options.CaPem is null ? "the system does not trust" : "is not among the trusted authorities")}; set ssl.ca.location to a PEM file with that authority";
        return $"the broker's certificate '{OutsideText.Shown(certificate.Subject)}' is not valid ({status})";
    }

    private static string DescribeTime(X509Certificate2 certificate, X509Chain chain)
    {
        var bad = chain.ChainElements.FirstOrDefault(one => one.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))?.Certificate ?? certificate;
        var whose = bad.Equals(certificate) ? "the broker's certificate" : $"the certificate '{OutsideText.Shown(bad.Subject)}' above the broker's";
        return $"{whose} is valid from {bad.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {bad.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC; it needs to be renewed, or this machine's clock is wrong";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(one => one.EnumerateDnsNames().Concat(one.EnumerateIPAddresses().Select(address => address.ToString())))
            .Take(10).Select(name => $"'{OutsideText.Shown(name)}'").ToArray();
        return names.Length > 0 ? string.Join(", ", names) : $"'{OutsideText.Shown(certificate.GetNameInfo(X509NameType.DnsName, false))}'";
    }
}
