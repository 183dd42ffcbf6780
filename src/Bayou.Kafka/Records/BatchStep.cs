namespace Bayou.Kafka.Records;

/// <summary>What <see cref="BatchCursor"/> found.</summary>
internal enum BatchStep
{
    /// <summary>A whole batch.</summary>
    Batch,

    /// <summary>No more bytes.</summary>
    End,

    /// <summary>The beginning of a batch whose rest the response had no room for.</summary>
    Incomplete,

    /// <summary>Something that is not a batch; see <see cref="BatchCursor.Problem"/>.</summary>
    Malformed,
}
