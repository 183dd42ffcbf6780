using System.Buffers;
using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>
/// Reads a Parquet file, column by column. Nothing in the file is trusted: whatever is wrong with it ends in a <see cref="ParquetException"/>. Not safe for
/// concurrent use.
/// </summary>
public sealed class ParquetReader : IDisposable
{
    private const int TailBytes = 8;

    private readonly Stream _source;
    private readonly string _name;
    private readonly ParquetReaderOptions _options;
    private readonly FooterReader _footer;
    private byte[] _chunk = [];

    /// <summary>Opens a file and reads its footer.</summary>
    /// <param name="source">A stream that can seek; it begins where the file begins. The reader does not close it.</param>
    /// <param name="name">Name of the file for messages.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ParquetException">The file is not Parquet, is encrypted, or its footer is broken.</exception>
    public ParquetReader(Stream source, string name, ParquetReaderOptions? options = null)
    {
        (_source, _name, _options) = (source, name, options ?? new ParquetReaderOptions());
        var length = source.Length;
        if (length < 2 * ParquetFileWriter.Magic.Length + sizeof(int)) throw Broken(length, "it is too short for a Parquet file");
        Span<byte> ends = stackalloc byte[TailBytes];
        ReadAt(0, ends[..4]);
        var headMagic = ends[..4].SequenceEqual(ParquetFileWriter.Magic);
        ReadAt(length - TailBytes, ends);
        if (ends[4..].SequenceEqual("PARE"u8)) throw Broken(length - 4, "its footer is encrypted, which is not supported");
        if (!headMagic || !ends[4..].SequenceEqual(ParquetFileWriter.Magic)) throw Broken(0, "it is not a Parquet file, or is cut off");
        var footerBytes = BinaryPrimitives.ReadInt32LittleEndian(ends);
        if (footerBytes <= 0 || footerBytes > length - TailBytes - 4 || footerBytes > _options.FooterBytes)
            throw Broken(length - TailBytes, $"its footer claims {footerBytes} bytes");
        var start = length - TailBytes - footerBytes;
        _footer = new FooterReader(start);
        var bytes = new byte[footerBytes];
        ReadAt(start, bytes);
        try
        {
            _footer.Read(bytes);
        }
        catch (Exception broken) when (broken is ParquetException or OverflowException or ArgumentException)
        {
            throw Broken(start, $"its footer is broken: {broken.Message}", broken);
        }
    }

    /// <summary>The schema.</summary>
    public ParquetSchema Schema => _footer.Schema;

    /// <summary>Rows in the file.</summary>
    public long Rows => _footer.Rows;

    /// <summary>The row groups.</summary>
    public IReadOnlyList<RowGroupInfo> RowGroups => _footer.RowGroups;

    /// <summary>Key-value metadata; of a key that occurs twice, the last value; null values are left out.</summary>
    public IReadOnlyDictionary<string, string> KeyValues => _footer.KeyValues;

    /// <summary>The application that wrote the file; null when it does not say.</summary>
    public string? CreatedBy => _footer.CreatedBy;

    /// <summary>Reads one column of one row group. Only its own bytes are read.</summary>
    /// <exception cref="ParquetException">The column is broken, over a limit, or of a codec or encoding that is not supported.</exception>
    public ColumnData ReadColumn(int rowGroup, LeafColumn column)
    {
        var group = RowGroups[rowGroup];
        var chunk = group.Columns[column.Index];
        var where = $"column {column.Path} of row group {rowGroup}";
        if (chunk.CompressedBytes > Math.Min(_options.ChunkBytes, Array.MaxLength) || chunk.Entries > int.MaxValue)
            throw Broken(chunk.Start, $"{where} has {chunk.Entries} entries in {chunk.CompressedBytes} bytes, more than the limit");
        var length = (int)chunk.CompressedBytes;
        if (_chunk.Length < length)
        {
            Dispose();
            _chunk = ArrayPool<byte>.Shared.Rent(length);
        }

        var reader = new ChunkReader(chunk, group.Rows, _options);
        try
        {
            ReadAt(chunk.Start, _chunk.AsSpan(0, length));
            return reader.Read(_chunk, length);
        }
        catch (ParquetException broken)
        {
            throw Broken(chunk.Start + reader.Position, $"{where}: {broken.Message}", broken);
        }
    }

    /// <summary>Returns the reader's buffer to its pool.</summary>
    public void Dispose()
    {
        if (_chunk.Length > 0) ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = [];
    }

    private void ReadAt(long position, Span<byte> destination)
    {
        try
        {
            _source.Position = position;
            _source.ReadExactly(destination);
        }
        catch (EndOfStreamException cut)
        {
            throw Broken(position, "the file ends too soon", cut);
        }
    }

    private ParquetException Broken(long position, string what, Exception? inner = null)
    {
        var message = $"{_name}, byte {position}: {what}.";
        return inner is null ? new ParquetException(message) : new ParquetException(message, inner);
    }
}
