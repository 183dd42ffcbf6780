namespace Bayou.Kafka.Connections.Security;

/// <summary>Reads out of failures why the other side ended TLS.</summary>
internal static class TlsAlert
{
    private static readonly (string Words, string Meaning)[] Known =
    [
        ("certificate required", "the broker wants a client certificate; set ssl.keystore.location, or ssl.certificate.location and ssl.key.location"),
        ("unknown ca", "the broker does not trust the authority of the client certificate"),
        ("bad certificate", "the broker refused the client certificate, or wants one; see ssl.keystore.location and ssl.certificate.location"),
        ("certificate expired", "the client certificate has expired"),
        ("certificate unknown", "the broker refused the client certificate"),
        ("unsupported certificate", "the broker refused the client certificate's kind"),
        ("protocol version", "broker and client have no TLS version in common"),
        ("handshake failure", "broker and client found no common TLS parameters, or the broker wants a client certificate (ssl.keystore.location, ssl.certificate.location)"),
    ];

    /// <summary>What an alert that the other side sent means, by the words of the TLS library's error; null when the failure has none.</summary>
    public static string? Recognize(Exception failure)
    {
        for (var error = failure; error is not null; error = error.InnerException)
            foreach (var (words, meaning) in Known)
                if (error.Message.Contains("alert", StringComparison.OrdinalIgnoreCase) && error.Message.Contains(words, StringComparison.OrdinalIgnoreCase)) return meaning;
        return null;
    }
}
