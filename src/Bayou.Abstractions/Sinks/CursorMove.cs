namespace Bayou.Sinks;

/// <summary>One cursor's part in a commit: it must be at <see cref="From"/> in the sink, and is at <see cref="Next"/> afterwards.</summary>
/// <param name="Key">Which cursor.</param>
/// <param name="From">Where the sink must have it now; null when the sink must not have it at all.</param>
/// <param name="Next">The next offset that is covered afterwards; may equal <paramref name="From"/>.</param>
public readonly record struct CursorMove(CursorKey Key, long? From, long Next);
