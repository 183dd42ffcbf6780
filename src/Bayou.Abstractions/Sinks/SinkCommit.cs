using Bayou.Sources;

namespace Bayou.Sinks;

/// <summary>
/// One atomic change of a transactional sink: rows, cursors and definition together, as a compare-and-set. It goes through only if the sink's
/// definition and each named cursor equal what is expected here.
/// </summary>
public sealed record SinkCommit
{
    /// <summary>The rows, and the id under which the commit is looked up when its outcome is unknown.</summary>
    public required SinkBatch Batch { get; init; }

    /// <summary>The definition that the sink must be under; null when this table must not have committed to it before.</summary>
    public required DefinitionStamp? ExpectedDefinition { get; init; }

    /// <summary>The definition that it is under afterwards; equal to the expected one in an ordinary commit.</summary>
    public required DefinitionStamp Definition { get; init; }

    /// <summary>The cursors that are compared and set. Cursors that are not named stay as they are, unchecked.</summary>
    public required IReadOnlyList<CursorMove> Cursors { get; init; }

    /// <summary>The sources to keep with the cursors, all of them; null to leave them as they are.</summary>
    public IReadOnlyList<SourceIdentity>? Sources { get; init; }
}
