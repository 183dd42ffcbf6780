namespace Bayou.Sinks.Delta;

/// <summary>The versions and features that a reader or writer of a table must know (action <c>protocol</c> of the Delta Lake transaction log protocol).</summary>
internal sealed record ProtocolAction
{
    /// <summary>The protocol of tables that this sink creates: any reader and writer can use them.</summary>
    public static readonly ProtocolAction Basic = new() { MinReaderVersion = 1, MinWriterVersion = 2 };

    public required int MinReaderVersion { get; init; }

    public required int MinWriterVersion { get; init; }

    /// <summary>Given from reader version 3 on, else null.</summary>
    public string[]? ReaderFeatures { get; init; }

    /// <summary>Given from writer version 7 on, else null.</summary>
    public string[]? WriterFeatures { get; init; }
}
