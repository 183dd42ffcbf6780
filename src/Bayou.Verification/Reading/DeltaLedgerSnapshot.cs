using System.Text;
using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sinks.Delta;
using Bayou.Sources;

namespace Bayou.Verification.Reading;

/// <summary>A Delta table as of the version that was its latest when it was opened.</summary>
internal sealed class DeltaLedgerSnapshot(DeltaTableReader reader) : ILedgerSnapshot
{
    /// <inheritdoc/>
    public long Version => reader.Version;

    /// <inheritdoc/>
    public bool HasOffsets => Has(MetadataColumns.Topic) && Has(MetadataColumns.Partition) && Has(MetadataColumns.Offset);

    /// <inheritdoc/>
    public SinkState StateOf(string pipeline, string owner) => reader.StateOf(pipeline, owner);

    /// <inheritdoc/>
    public long CountRows() => reader.Read().Sum(rows => (long)rows.Count);

    /// <inheritdoc/>
    public void Visit(RowVisitor visitor)
    {
        string[] columns = [MetadataColumns.Topic, MetadataColumns.Partition, MetadataColumns.Offset];
        var (generationAt, tableAt) = (-1, -1);
        if (Has(MetadataColumns.Generation)) (columns, generationAt) = ([.. columns, MetadataColumns.Generation], columns.Length);
        if (Has(QuarantineTable.TableColumn)) (columns, tableAt) = ([.. columns, QuarantineTable.TableColumn], columns.Length);
        var (topics, tables) = (new LastText(), new LastText());
        foreach (var rows in reader.Read(columns))
        {
            var partitions = rows.Columns[1].Fixed<int>();
            var offsets = rows.Columns[2].Fixed<long>();
            var key = default(CursorKey);
            for (var row = 0; row < rows.Count; row++)
            {
                var name = topics.Of(rows.Columns[0], row) ?? "";
                // Rows from before the column was there, and those of the first generation, have none.
                var generation = generationAt < 0 || rows.Columns[generationAt].IsNull(row) ? 1 : rows.Columns[generationAt].Fixed<int>()[row];
                if (key.Partition.Partition != partitions[row] || key.Generation != generation || !ReferenceEquals(key.Partition.Topic, name))
                    key = new CursorKey(new TopicPartition(name, partitions[row]), generation);
                visitor(key, offsets[row], tableAt < 0 ? null : tables.Of(rows.Columns[tableAt], row));
            }
        }
    }

    /// <inheritdoc/>
    public void VisitRefused(string pipeline, string owner, RowVisitor visitor)
    {
        // What cannot be written to Delta is found out before the commit.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Files are opened as they are read.
    }

    private bool Has(string column) => reader.Find(column) is not null;

    // Neighbouring rows mostly have the same text.
    private sealed class LastText
    {
        private byte[] _bytes = [];
        private string _text = "";

        public string? Of(DeltaValues values, int row)
        {
            if (values.IsNull(row)) return null;
            var bytes = values.Bytes(row);
            if (!bytes.SequenceEqual(_bytes)) (_bytes, _text) = (bytes.ToArray(), Encoding.UTF8.GetString(bytes));
            return _text;
        }
    }
}
