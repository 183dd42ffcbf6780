using Bayou.Definitions;

namespace Bayou.Sinks;

/// <summary>What a sink is made for.</summary>
public sealed record SinkContext
{
    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>
    /// Whose cursors and definition the sink holds: the table's name. It differs from the name of <see cref="Table"/> where bad rows of a table go to
    /// quarantine, which keeps a cursor for each table.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>The table as written: its columns and options.</summary>
    public required TableDefinition Table { get; init; }

    /// <summary>Where encoding, compression and blocking I/O run.</summary>
    public required IWorkExecutor Executor { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
