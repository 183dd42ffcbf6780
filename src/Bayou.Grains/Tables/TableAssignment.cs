using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Grains.Tables;

/// <summary>What a table grain is told by its pipeline when it opens.</summary>
[GenerateSerializer, Immutable, Alias("bayou.TableAssignment")]
public sealed record TableAssignment
{
    /// <summary>The table; the quarantine's own table for unreadable and unmatched records.</summary>
    [Id(0)] public required TableDefinition Table { get; init; }

    /// <summary>Where the table's bad rows go.</summary>
    [Id(1)] public required SinkDefinition Quarantine { get; init; }

    /// <summary>The definition in force.</summary>
    [Id(2)] public required DefinitionStamp Definition { get; init; }

    /// <summary>Counts every change of the stored definition, also those that are no new version; a table that opened under another one opens again.</summary>
    [Id(3)] public int Revision { get; init; }

    /// <summary>Where each partition starts for a sink that has no cursor for it yet.</summary>
    [Id(4)] public required Dictionary<CursorKey, long> Starts { get; init; }

    /// <summary>The sources that the cursors stand for.</summary>
    [Id(5)] public SourceIdentity[] Sources { get; init; } = [];

    /// <summary>True when an operator has paused the table, or its whole pipeline.</summary>
    [Id(6)] public bool Paused { get; init; }

    /// <summary>True when the table has committed before: a sink that knows nothing of it has lost its data.</summary>
    [Id(7)] public bool Initialized { get; init; }

    /// <summary>How many tables share the silo's memory with this one.</summary>
    [Id(8)] public int TableCount { get; init; }
}
