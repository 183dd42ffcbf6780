namespace Bayou.Kafka.Connections.Security;

/// <summary>Certificates or keys of the options that cannot be read. The message names option and file, never a secret.</summary>
internal sealed class CertificateLoadException(string message, Exception? inner = null) : Exception(message, inner);
