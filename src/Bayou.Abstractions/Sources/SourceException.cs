namespace Bayou.Sources;

/// <summary>A failure to read from a source. The message says what was attempted, on which partition and offset, and what happens next.</summary>
[GenerateSerializer, Alias("bayou.SourceException")]
public sealed class SourceException : Exception
{
    /// <summary>A failure of the given kind.</summary>
    public SourceException(SourceErrorKind kind, string message, Exception? inner = null) : base(message, inner) => Kind = kind;

    /// <summary>Why reading failed.</summary>
    [Id(0)] public SourceErrorKind Kind { get; private set; }

    /// <summary>The partition, where one was involved.</summary>
    [Id(1)] public TopicPartition? Partition { get; init; }

    /// <summary>The offsets whose records are lost, where that is what failed and it is known.</summary>
    [Id(2)] public OffsetRange? Lost { get; init; }
}
