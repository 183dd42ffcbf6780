namespace Bayou.Kafka.Records;

/// <summary>Why records cannot be decoded.</summary>
internal enum CorruptRecordsKind
{
    /// <summary>The bytes contradict themselves; fetched again they may be right.</summary>
    Corrupt,

    /// <summary>A format or a compression that this client does not know.</summary>
    UnsupportedFormat,

    /// <summary>A library of the operating system is missing; the message names its package.</summary>
    MissingLibrary,

    /// <summary>More bytes than the limit allows.</summary>
    TooLarge,
}
