using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>A fake broker behind TLS that answers ApiVersions.</summary>
internal static class TlsServer
{
    public static FakeServer Start(X509Certificate2 certificate, Func<X509Certificate?, bool>? acceptsClient = null, Action<SslStream>? seen = null) =>
        new(async (stream, end) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateRequired = acceptsClient is not null,
                    RemoteCertificateValidationCallback = (_, client, _, _) => acceptsClient?.Invoke(client) ?? true,
                },
                end);
            seen?.Invoke(tls);
            var broker = new FakeBroker(tls, end);
            await broker.GreetAsync((ApiKey.Metadata, 0, 12));
            while (true) await broker.NextAsync();
        });
}
