using Bayou.Sinks;

namespace Bayou.Verification.Reading;

/// <summary>A destination as of one version: rows and cursors belong together, whatever is committed meanwhile. Methods throw <see cref="SinkException"/>.</summary>
public interface ILedgerSnapshot
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
}
