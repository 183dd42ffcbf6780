namespace Bayou.Sinks.Delta;

/// <summary>A data file that is no longer part of the table (action <c>remove</c>), kept for a time so that it is not deleted under readers.</summary>
internal sealed record RemoveAction
{
    /// <summary>As in <see cref="AddAction.Path"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Milliseconds since 1970, or null.</summary>
    public long? DeletionTimestamp { get; init; }

    public bool DataChange { get; init; } = true;

    public bool? ExtendedFileMetadata { get; init; }

    public IReadOnlyDictionary<string, string?>? PartitionValues { get; init; }

    public long? Size { get; init; }
}
