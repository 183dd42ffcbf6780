namespace Bayou.Sources;

/// <summary>Why reading failed. The numbers are wire format.</summary>
public enum SourceErrorKind
{
    /// <summary>May pass by itself: the broker is away, a leader moves. Try again.</summary>
    Transient = 0,

    /// <summary>The position lies outside of what the source has.</summary>
    OffsetOutOfRange = 1,

    /// <summary>There is no such topic or partition.</summary>
    UnknownTopic = 2,

    /// <summary>The credentials or certificates were refused, or the right to read is missing.</summary>
    Refused = 3,

    /// <summary>Another reader took this assignment over.</summary>
    TakenOver = 4,

    /// <summary>An option is wrong, or a record cannot be read at all.</summary>
    Fatal = 5,

    /// <summary>The source has replaced records that were read before: its log was cut back below the position.</summary>
    Truncated = 6,
}
