using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Bayou.Slices;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// Writes rows in PostgreSQL's binary COPY format, column by column straight into their places: a first pass over the columns finds where each row begins, a second one writes.
/// Not safe for concurrent use.
/// </summary>
internal sealed class CopyEncoder(TableLayout layout) : IDisposable
{
    /// <summary>Rows that are encoded at a time.</summary>
    public const int MostRows = 2048;

    private const int LengthBytes = 4;

    private readonly ColumnEncoder[] _columns = [.. layout.Columns.Select(column => new ColumnEncoder(column))];
    private readonly int[] _at = new int[MostRows];
    private byte[] _buffer = [];

    /// <summary>What a COPY begins with: signature, flags, no extension.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = CreateHeader();

    /// <summary>What a COPY ends with.</summary>
    public static ReadOnlyMemory<byte> Trailer { get; } = new byte[] { 0xFF, 0xFF };

    /// <summary>Encodes at most <see cref="MostRows"/> rows. The result is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Encode(RowRange rows)
    {
        var block = rows.Source.Open();
        var at = _at.AsSpan(0, rows.Count);
        at.Fill(sizeof(short) + LengthBytes * _columns.Length);
        var topic = Encoding.UTF8.GetBytes(rows.Source.Partition.Topic);
        var context = new RowContext(topic, rows.Source.Partition.Partition, rows.Source.Generation, rows.First);
        foreach (var column in _columns) column.AddSizes(block, context, at);
        var length = 0;
        foreach (ref var size in at) (size, length) = (length, length + size);
        Reserve(length);
        var buffer = _buffer.AsSpan(0, length);
        foreach (ref var position in at)
        {
            BinaryPrimitives.WriteInt16BigEndian(buffer[position..], (short)_columns.Length);
            position += sizeof(short);
        }

        foreach (var column in _columns) column.Write(block, context, buffer, at);
        return _buffer.AsMemory(0, length);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => Reserve(0);

    private void Reserve(int length)
    {
        if (length > 0 && _buffer.Length >= length) return;
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = length == 0 ? [] : ArrayPool<byte>.Shared.Rent(length);
    }

    private static byte[] CreateHeader()
    {
        var header = new byte[19];
        "PGCOPY\n"u8.CopyTo(header);
        header[7] = 0xFF;
        "\r\n\0"u8.CopyTo(header.AsSpan(8));
        return header;
    }
}
