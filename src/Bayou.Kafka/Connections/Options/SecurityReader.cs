using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Connections.Options;

/// <summary>Reads how connections are encrypted and authenticated.</summary>
internal static class SecurityReader
{
    private static readonly string[] Mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"];

    /// <summary><c>security.protocol</c>.</summary>
    public static SecurityProtocol Protocol(OptionValues values) => values.Choice(
        SecurityProtocol.Plaintext,
        ["security.protocol"],
        ("plaintext", SecurityProtocol.Plaintext), ("ssl", SecurityProtocol.Ssl), ("sasl_plaintext", SecurityProtocol.SaslPlaintext), ("sasl_ssl", SecurityProtocol.SaslSsl));

    /// <summary>The mechanism as librdkafka takes it, whose default is GSSAPI.</summary>
    public static string Mechanism(OptionValues values) => values.Text("sasl.mechanism", "sasl.mechanisms") ?? "GSSAPI";

    /// <summary>The options <c>ssl.*</c>.</summary>
    public static TlsOptions Tls(OptionValues values) => new()
    {
        CaLocation = values.Text("ssl.ca.location"),
        CaPem = values.Text("ssl.ca.pem"),
        CertificateLocation = values.Text("ssl.certificate.location"),
        CertificatePem = values.Text("ssl.certificate.pem"),
        KeyLocation = values.Text("ssl.key.location"),
        KeyPem = values.Text("ssl.key.pem"),
        KeyPassword = values.Text("ssl.key.password"),
        KeystoreLocation = values.Text("ssl.keystore.location"),
        KeystorePassword = values.Text("ssl.keystore.password"),
        ChecksName = values.Choice(true, ["ssl.endpoint.identification.algorithm"], ("https", true), ("none", false)),
        ChecksCertificate = values.Flag(true, "enable.ssl.certificate.verification"),
    };

    /// <summary>The options <c>sasl.*</c>; null when <paramref name="isUsed"/> is false.</summary>
    public static SaslOptions? Sasl(OptionValues values, bool isUsed)
    {
        var mechanism = Mechanism(values);
        var (username, password) = (values.Text("sasl.username"), values.Text("sasl.password"));
        var isBearer = mechanism.Equals("OAUTHBEARER", StringComparison.OrdinalIgnoreCase);
        var tokens = BearerReader.Tokens(values, isUsed && isBearer);
        var extensions = BearerReader.Extensions(values);
        if (!isUsed) return null;
        if (Mechanisms.FirstOrDefault(one => one.Equals(mechanism, StringComparison.OrdinalIgnoreCase)) is not { } known)
        {
            values.Mistake($"Option 'sasl.mechanism' is '{OutsideText.Shown(mechanism)}', but must be one of {string.Join(", ", Mechanisms.Select(one => $"'{one}'"))}, 'GSSAPI'.");
            return null;
        }

        if (!isBearer && username is null) values.Mistake($"Option 'sasl.username' is missing: {known} needs a user.");
        if (!isBearer && password is null) values.Mistake($"Option 'sasl.password' is missing: {known} needs a password.");
        return new SaslOptions { Mechanism = known, Username = username ?? "", Password = password ?? "", Tokens = tokens, Extensions = extensions };
    }
}
