using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bayou.Kafka.Connections.Security;

/// <summary>The certificate authorities that are trusted.</summary>
internal static class TrustAnchors
{
    /// <summary>The policy by which a server's chain is built: no authorities but the named ones, or the system's when none is named.</summary>
    /// <exception cref="CertificateLoadException">They could not be read.</exception>
    public static X509ChainPolicy Policy(string? location, string? pem, string option)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (pem is null && location is null or "probe") return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        if (pem is not null) Import(policy.CustomTrustStore, pem, $"{option}.pem");
        else Read(policy.CustomTrustStore, location!, $"{option}.location");
        return policy;
    }

    private static void Read(X509Certificate2Collection into, string location, string option)
    {
        try
        {
            if (!Directory.Exists(location))
            {
                Import(into, File.ReadAllText(location), $"{option} ({location})");
                return;
            }

            foreach (var file in Directory.EnumerateFiles(location)) ImportIfPem(into, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateLoadException($"the authorities of {option} could not be read: {error.Message}", error);
        }

        if (into.Count == 0) throw new CertificateLoadException($"the folder {location} of {option} has no certificate in PEM");
    }

    // A folder may hold other things, too, and links that lead nowhere.
    private static void ImportIfPem(X509Certificate2Collection into, string file)
    {
        try
        {
            into.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException) { }
    }

    private static void Import(X509Certificate2Collection into, string pem, string source)
    {
        try
        {
            into.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new CertificateLoadException($"the certificates of {source} could not be understood: {error.Message}", error);
        }

        if (into.Count == 0) throw new CertificateLoadException($"{source} has no certificate in PEM");
    }
}
