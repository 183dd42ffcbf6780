using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>An authentication that cannot go on, seen from this side. The message shows no secret.</summary>
internal sealed class SaslException(SourceErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the failure means for a source.</summary>
    public SourceErrorKind Kind => kind;
}
