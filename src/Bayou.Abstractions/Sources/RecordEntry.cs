namespace Bayou.Sources;

/// <summary>Where one record's parts lie in the data of its <see cref="MicroBatch"/>.</summary>
[GenerateSerializer, Immutable, Alias("bayou.RecordEntry")]
public readonly record struct RecordEntry
{
    /// <summary>The record's offset.</summary>
    [Id(0)] public long Offset { get; init; }

    /// <summary>The record's timestamp in milliseconds since 1970-01-01T00:00:00Z; -1 when it has none.</summary>
    [Id(1)] public long TimestampMilliseconds { get; init; }

    /// <summary>Start of the key in the batch's data.</summary>
    [Id(2)] public int KeyStart { get; init; }

    /// <summary>Length of the key; -1 when it is null.</summary>
    [Id(3)] public int KeyLength { get; init; }

    /// <summary>Start of the value in the batch's data.</summary>
    [Id(4)] public int ValueStart { get; init; }

    /// <summary>Length of the value; -1 for a tombstone.</summary>
    [Id(5)] public int ValueLength { get; init; }

    /// <summary>Start of the headers in the batch's data, as <see cref="RecordHeaders"/> reads them.</summary>
    [Id(6)] public int HeadersStart { get; init; }

    /// <summary>Length of the headers; 0 when there are none.</summary>
    [Id(7)] public int HeadersLength { get; init; }
}
