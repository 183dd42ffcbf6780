using Bayou.Definitions;
using Bayou.Slices;

namespace Bayou.Sinks;

/// <summary>
/// Goes through the rows of a batch, block after block, in the order in which they are to be written:
/// <c>var rows = new RowReader(batch, table); while (rows.Read()) Write(rows.Current);</c>.
/// </summary>
public ref struct RowReader
{
    private readonly IReadOnlyList<RowBlockRange> _ranges;
    private readonly ReadOnlySpan<ColumnDefinition> _columns;
    private RowBlockRange _range;
    private RowBlock _block;
    private int _next;
    private int _row;

    /// <summary>A reader before the first row of <paramref name="batch"/>, whose rows are of <paramref name="table"/>.</summary>
    public RowReader(SinkBatch batch, TableDefinition table)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(table);
        _ranges = batch.Rows;
        _columns = table.Columns;
    }

    /// <summary>The row that was reached.</summary>
    public readonly RowView Current => new(_range, _block, _columns, _row);

    /// <summary>Goes to the next row; false behind the last one.</summary>
    public bool Read()
    {
        if (++_row < _block.Rows) return true;
        while (_next < _ranges.Count)
        {
            _range = _ranges[_next++];
            _block = _range.Open();
            _row = _range.FirstRow;
            if (_row < _block.Rows) return true;
        }

        _block = default;
        return false;
    }
}
