using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>Columns of one row group of a checkpoint, put together to one value a row. A column that the file has not is null in every row.</summary>
/// <exception cref="ParquetException">There are more rows, or entries of a column, than a file of that size can mean.</exception>
internal sealed class CheckpointColumns(ParquetReader reader, int rowGroup, long fileBytes)
{
    // Every row has a path or a name of its own, so at least a byte; a map of few keys may take bits an entry.
    private const long EntriesPerByte = 64;

    private readonly int _rows = reader.RowGroups[rowGroup].Rows <= Math.Min(fileBytes, Array.MaxLength)
        ? (int)reader.RowGroups[rowGroup].Rows
        : throw new ParquetException($"row group {rowGroup} claims {reader.RowGroups[rowGroup].Rows} actions in a file of {fileBytes} bytes");

    public int Rows => _rows;

    public bool[] Present(string path)
    {
        var rows = new bool[_rows];
        Each(reader.Schema.Find(path), (row, cursor) => rows[row] |= cursor.HasValue);
        return rows;
    }

    public string?[] Texts(string path)
    {
        var rows = new string?[_rows];
        Each(reader.Schema.Find(path), (row, cursor) => rows[row] = cursor.HasValue ? cursor.Text : null);
        return rows;
    }

    public long?[] Numbers(string path)
    {
        var rows = new long?[_rows];
        var leaf = reader.Schema.Find(path);
        if (leaf?.Node.Physical == PhysicalType.Int32) Each(leaf, (row, cursor) => rows[row] = cursor.HasValue ? cursor.Value<int>() : null);
        else Each(leaf, (row, cursor) => rows[row] = cursor.HasValue ? cursor.Value<long>() : null);
        return rows;
    }

    public bool?[] Flags(string path)
    {
        var rows = new bool?[_rows];
        Each(reader.Schema.Find(path), (row, cursor) => rows[row] = cursor.HasValue ? cursor.Value<byte>() != 0 : null);
        return rows;
    }

    /// <summary>Lists of text; null where empty or missing. Writers name the levels within a list differently.</summary>
    public List<string>?[] Lists(string path)
    {
        var rows = new List<string>?[_rows];
        var leaf = Within(path).FirstOrDefault();
        Each(leaf, (row, cursor) =>
        {
            if (cursor.HasValue) (rows[row] ??= []).Add(cursor.Text);
        });
        return rows;
    }

    /// <summary>Maps of text; null where empty or missing. Likewise.</summary>
    public Dictionary<string, string?>?[] Maps(string path)
    {
        var rows = new Dictionary<string, string?>?[_rows];
        if (Within(path).ToArray() is not [var keyLeaf, var valueLeaf]) return rows;
        // Both leaves have the same entries; where the map is empty or missing neither has a key.
        var keys = new List<string?>();
        Each(keyLeaf, (_, cursor) => keys.Add(cursor.HasValue ? cursor.Text : null));
        var entry = 0;
        Each(valueLeaf, (row, cursor) =>
        {
            if (entry == keys.Count) throw new ParquetException($"column {path} has more values than keys");
            if (keys[entry++] is { } key) (rows[row] ??= new(StringComparer.Ordinal))[key] = cursor.HasValue ? cursor.Text : null;
        });
        return rows;
    }

    private IEnumerable<LeafColumn> Within(string path) =>
        reader.Schema.Leaves.Where(leaf => leaf.Path.StartsWith(path + ".", StringComparison.Ordinal));

    private void Each(LeafColumn? leaf, Action<int, ColumnCursor> take)
    {
        if (leaf is null) return;
        if (reader.RowGroups[rowGroup].Columns[leaf.Index].Entries is var entries && entries > EntriesPerByte * fileBytes)
            throw new ParquetException($"column {leaf.Path} claims {entries} entries in a file of {fileBytes} bytes");
        var cursor = reader.ReadColumn(rowGroup, leaf).Cursor();
        var row = -1;
        while (cursor.MoveNext())
        {
            if (cursor.Repetition == 0) row++;
            take(row, cursor);
        }
    }
}
