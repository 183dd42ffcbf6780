using Bayou.Sinks;

namespace Bayou.Verification.Reading;

/// <summary>A destination as of one version: rows and cursors belong together, whatever is committed meanwhile. Methods throw <see cref="SinkException"/>; none may be called once it is disposed.</summary>
public interface ILedgerSnapshot : IDisposable
{
    /// <summary>The destination's own name for the version.</summary>
    long Version { get; }

    /// <summary>False when the rows do not say where they came from.</summary>
    bool HasOffsets { get; }

    /// <summary>The cursors and definition that it holds for a table.</summary>
    SinkState StateOf(string pipeline, string owner);

    /// <summary>Number of rows, without reading them all where the destination knows it.</summary>
    long CountRows();

    /// <summary>Calls back for every row.</summary>
    void Visit(RowVisitor visitor);

    /// <summary>Calls back for every row of a table that the destination itself refused, and keeps apart.</summary>
    void VisitRefused(string pipeline, string owner, RowVisitor visitor);
}
