using Bayou.Sinks;
using Bayou.Sinks.Postgres;

namespace Bayou.Verification.Reading;

/// <summary>A PostgreSQL table as of the transaction in which it was opened.</summary>
internal sealed class PostgresLedgerSnapshot(PostgresTableReader reader) : ILedgerSnapshot
{
    /// <inheritdoc/>
    public long Version => reader.Version;

    /// <inheritdoc/>
    public bool HasOffsets => reader.HasOffsets;

    /// <inheritdoc/>
    public SinkState StateOf(string pipeline, string owner) => reader.StateOf(pipeline, owner);

    /// <inheritdoc/>
    public long CountRows() => reader.CountRows();

    /// <inheritdoc/>
    public void Visit(RowVisitor visitor) => reader.Visit((key, offset, table) => visitor(key, offset, table));

    /// <inheritdoc/>
    public void VisitRefused(string pipeline, string owner, RowVisitor visitor) => reader.VisitRejected(pipeline, owner, (key, offset) => visitor(key, offset, null));

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
