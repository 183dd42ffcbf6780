namespace Bayou.Sinks.Delta;

/// <summary>A data file that is part of the table (action <c>add</c>).</summary>
internal sealed record AddAction
{
    /// <summary>Where the file is: relative to the table's root, or absolute; URI-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>The value of each partition column for all rows of the file, as text; null is null.</summary>
    public required IReadOnlyDictionary<string, string?> PartitionValues { get; init; }

    public required long Size { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long ModificationTime { get; init; }

    public bool DataChange { get; init; } = true;

    /// <summary>Statistics, as the JSON text that the log has; or null.</summary>
    public string? Stats { get; init; }

    public IReadOnlyDictionary<string, string?>? Tags { get; init; }

    /// <summary>True when some rows of the file are marked as deleted.</summary>
    public bool HasDeletionVector { get; init; }
}
