namespace Bayou.Kafka.Records;

/// <summary>Records that cannot be decoded. Everything below the batch was handed out before; nothing of it or behind it was.</summary>
/// <param name="kind">What is in the way.</param>
/// <param name="offset">Offset at which the batch in question begins.</param>
/// <param name="message">What was attempted, at which offset, and why it failed.</param>
/// <param name="inner">The cause.</param>
internal sealed class CorruptRecordsException(CorruptRecordsKind kind, long offset, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is in the way.</summary>
    public CorruptRecordsKind Kind => kind;

    /// <summary>Offset at which the batch in question begins; a reader's position may lie within it.</summary>
    public long Offset => offset;
}
