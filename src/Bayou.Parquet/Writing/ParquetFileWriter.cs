using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>
/// Writes Parquet files of one schema, one after another, with the same buffers. Not safe for concurrent use. For each file: <see cref="Begin"/>, append
/// to <see cref="Columns"/>, <see cref="EndRowGroup"/> as often as wished, <see cref="Finish"/>.
/// </summary>
public sealed class ParquetFileWriter : IDisposable
{
    private readonly ColumnWriter[] _columns;
    private readonly ChunkSummary[] _chunks;
    private readonly PageSink _sink;
    private readonly FooterWriter _footer;
    private Stream? _destination;
    private long _rows;
    private int _rowGroups;

    /// <summary>A writer of files of <paramref name="schema"/>.</summary>
    /// <exception cref="ArgumentException">The schema has no leaves, a leaf of a type that is not written, or a codec that is not written.</exception>
    public ParquetFileWriter(ParquetSchema schema, ParquetWriterOptions? options = null)
    {
        options ??= new ParquetWriterOptions();
        if (schema.Leaves.Count == 0) throw new ArgumentException("A Parquet file needs a column.", nameof(schema));
        if (options.Codec is not (CompressionCodec.Uncompressed or CompressionCodec.Snappy))
            throw new ArgumentException($"Codec {options.Codec} is not written.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PageRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StatisticsBytes, 1);
        Schema = schema;
        _sink = new PageSink(options.Codec);
        _footer = new FooterWriter(schema, options);
        _columns = [.. schema.Leaves.Select(leaf => new ColumnWriter(leaf, options, _sink))];
        _chunks = new ChunkSummary[_columns.Length];
    }

    /// <summary>The first and the last four bytes of a file.</summary>
    internal static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>The schema.</summary>
    public ParquetSchema Schema { get; }

    /// <summary>The columns, in the order of <see cref="ParquetSchema.Leaves"/>. Before a row group ends, all must have the same number of rows.</summary>
    public ReadOnlySpan<ColumnWriter> Columns => _columns;

    /// <summary>Rows in the row group so far, by its first column.</summary>
    public long RowGroupRows => _columns[0].Rows;

    /// <summary>Bytes that the row group takes in memory so far, about: compressed pages and those that are being filled.</summary>
    public long RowGroupBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var column in _columns) bytes += column.BufferedBytes;
            return bytes;
        }
    }

    /// <summary>Bytes of the file so far: row groups that have ended.</summary>
    public long FileBytes { get; private set; }

    /// <summary>Starts a file, discarding one that was not finished. The stream is written from its current position and neither flushed nor closed.</summary>
    public void Begin(Stream destination)
    {
        _destination = destination;
        (_rows, _rowGroups, FileBytes) = (0, 0, 0);
        _footer.Begin();
        foreach (var column in _columns) column.BeginFile();
        destination.Write(Magic);
        FileBytes = Magic.Length;
    }

    /// <summary>Writes what was appended as a row group; nothing when there are no rows.</summary>
    /// <exception cref="InvalidOperationException">No file has begun, or the columns have different numbers of rows.</exception>
    public void EndRowGroup()
    {
        var destination = _destination ?? throw new InvalidOperationException("No file has begun.");
        var rows = RowGroupRows;
        foreach (var column in _columns)
            if (column.Rows != rows)
                throw new InvalidOperationException($"Column {column.Column.Path} has {column.Rows} rows, {_columns[0].Column.Path} has {rows}.");
        if (rows == 0) return;
        var start = FileBytes;
        for (var i = 0; i < _columns.Length; i++)
        {
            _chunks[i] = _columns[i].EndChunk(destination);
            _columns[i].BeginChunk();
            FileBytes += _chunks[i].CompressedBytes;
        }

        _footer.AddRowGroup(start, rows, _chunks);
        _rows += rows;
        _rowGroups++;
    }

    /// <summary>Ends the last row group and writes the footer.</summary>
    /// <param name="keyValues">Key-value metadata for the footer.</param>
    /// <exception cref="InvalidOperationException">No file has begun, or the columns have different numbers of rows.</exception>
    public ParquetFileInfo Finish(IReadOnlyDictionary<string, string>? keyValues = null)
    {
        EndRowGroup();
        var footer = _sink.Page;
        footer.Clear();
        _footer.Write(footer, _rows, keyValues);
        var length = footer.Length;
        BinaryPrimitives.WriteInt32LittleEndian(footer.Add(sizeof(int)), length);
        footer.Append(Magic);
        _destination!.Write(footer.Span);
        FileBytes += footer.Length;
        footer.Clear();
        _destination = null;
        return new ParquetFileInfo(FileBytes, _rows, _rowGroups, [.. _columns.Select(column => column.EndFile())]);
    }

    /// <summary>Returns the buffers to their pool. The writer may begin another file all the same.</summary>
    public void Dispose()
    {
        _destination = null;
        foreach (var column in _columns) column.Release();
        _footer.Release();
        _sink.Release();
    }
}
