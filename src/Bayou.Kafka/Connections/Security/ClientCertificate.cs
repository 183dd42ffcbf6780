using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bayou.Kafka.Connections.Security;

/// <summary>The certificate by which this client shows who it is.</summary>
internal static class ClientCertificate
{
    /// <summary>The certificate with its key and those between it and its authority; null when the options name none.</summary>
    /// <exception cref="CertificateLoadException">It could not be read.</exception>
    public static SslStreamCertificateContext? Load(TlsOptions options)
    {
        if (options.KeystoreLocation is null && options.CertificateLocation is null && options.CertificatePem is null) return null;
        var what = options.KeystoreLocation is { } store ? $"ssl.keystore.location ({store})" : "ssl.certificate and ssl.key";
        try
        {
            var certificates = options.KeystoreLocation is not null ? FromKeystore(options) : FromPem(options);
            var own = certificates.FirstOrDefault(one => one.HasPrivateKey)
                ?? throw new CertificateLoadException($"the client certificate of {what} comes without its private key");
            return SslStreamCertificateContext.Create(own, certificates, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CertificateLoadException($"the client certificate of {what} could not be read: {error.Message}", error);
        }
    }

    // Only there can TLS use a key that no store of the system has.
    private static X509KeyStorageFlags Storage => OperatingSystem.IsLinux() ? X509KeyStorageFlags.EphemeralKeySet : X509KeyStorageFlags.DefaultKeySet;

    private static X509Certificate2Collection FromKeystore(TlsOptions options) =>
        X509CertificateLoader.LoadPkcs12CollectionFromFile(options.KeystoreLocation!, options.KeystorePassword, Storage);

    private static X509Certificate2Collection FromPem(TlsOptions options)
    {
        var pem = options.CertificatePem ?? File.ReadAllText(options.CertificateLocation!);
        // The key may stand in the certificate's file.
        var key = options.KeyPem ?? (options.KeyLocation is { } location ? File.ReadAllText(location) : pem);
        var own = options.KeyPassword is { } password && key.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(pem, key, password)
            : X509Certificate2.CreateFromPem(pem, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        all.RemoveAt(0);
        all.Insert(0, OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null, Storage) : own);
        return all;
    }
}
