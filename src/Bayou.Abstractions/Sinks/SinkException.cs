namespace Bayou.Sinks;

/// <summary>A failure of a sink. The message says what was attempted, on which table and range, and what happens next.</summary>
[GenerateSerializer, Alias("bayou.SinkException")]
public sealed class SinkException : Exception
{
    /// <summary>A failure of the given kind.</summary>
    public SinkException(SinkErrorKind kind, string message, Exception? inner = null) : base(message, inner) => Kind = kind;

    /// <summary>What the host does about it.</summary>
    [Id(0)] public SinkErrorKind Kind { get; private set; }
}
