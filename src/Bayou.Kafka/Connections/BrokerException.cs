using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>
/// A broker that could not be reached, or did not answer as a broker does. The message names the broker and the step: "Connecting to host:port failed at TLS
/// handshake: ...".
/// </summary>
/// <param name="kind">Transient: may pass. Refused: who we are or how we encrypt was refused. Fatal: an option or a version that cannot work.</param>
/// <param name="message">What was attempted, at which broker, and what went wrong.</param>
/// <param name="inner">The cause.</param>
internal sealed class BrokerException(SourceErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the failure means for a source.</summary>
    public SourceErrorKind Kind => kind;
}
