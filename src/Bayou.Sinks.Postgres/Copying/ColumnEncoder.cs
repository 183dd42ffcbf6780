using System.Buffers.Binary;
using Bayou.Definitions;
using Bayou.Slices;

namespace Bayou.Sinks.Postgres;

/// <summary>Writes the values of one column of a block into the rows of a COPY.</summary>
internal sealed class ColumnEncoder(TargetColumn column)
{
    private const int LengthBytes = 4;
    private const int NullLength = -1;
    private const byte JsonbVersion = 1;

    private readonly NumericFormat _numeric = column.Type.Kind == ColumnKind.Decimal ? new NumericFormat(column.Type) : default;
    private readonly ColumnKind _kind = column.Type.Kind;
    private readonly bool _isWide = column.Type.FixedWidth == 16;

    private int Width => column.Wire switch
    {
        WireType.Bool => 1,
        WireType.Int4 or WireType.Float4 or WireType.Date => 4,
        WireType.Int8 or WireType.Float8 or WireType.Timestamp => 8,
        WireType.Numeric => _numeric.Bytes,
        WireType.Jsonb => 1,
        _ => 0,
    };

    /// <summary>Adds each row's bytes of this column, its length not counted.</summary>
    public void AddSizes(RowBlock block, RowContext context, Span<int> sizes)
    {
        switch (column.Index)
        {
            case TableLayout.Topic: Add(sizes, context.Topic.Length); return;
            case TableLayout.Partition or TableLayout.Generation or TableLayout.Offset: Add(sizes, Width); return;
            case TableLayout.Timestamp:
                var timestamps = block.Timestamps.Slice(context.First, sizes.Length);
                for (var row = 0; row < sizes.Length; row++) sizes[row] += timestamps[row] == long.MinValue ? 0 : sizeof(long);
                return;
        }

        var view = block.Column(column.Index);
        var width = Width;
        var isVariable = column.Wire is WireType.Bytes or WireType.Jsonb;
        if (!isVariable && view.Validity.IsEmpty)
        {
            Add(sizes, width);
            return;
        }

        var ends = isVariable ? view.Ends : default;
        for (var row = 0; row < sizes.Length; row++)
        {
            var index = context.First + row;
            if (view.IsNull(index)) continue;
            sizes[row] += isVariable ? width + ends[index] - (index == 0 ? 0 : ends[index - 1]) : width;
        }
    }

    /// <summary>Writes each row's length and value where <paramref name="at"/> says, and moves that on.</summary>
    public void Write(RowBlock block, RowContext context, Span<byte> buffer, Span<int> at)
    {
        switch (column.Index)
        {
            case TableLayout.Topic:
                foreach (ref var position in at) WriteBytes(buffer, ref position, context.Topic);
                return;
            case TableLayout.Partition: WriteSame(buffer, at, context.Partition); return;
            case TableLayout.Generation: WriteSame(buffer, at, context.Generation); return;
            case TableLayout.Offset:
                var offsets = block.Offsets.Slice(context.First, at.Length);
                for (var row = 0; row < at.Length; row++) WriteInt8(buffer, ref at[row], offsets[row]);
                return;
            case TableLayout.Timestamp:
                var timestamps = block.Timestamps.Slice(context.First, at.Length);
                for (var row = 0; row < at.Length; row++)
                {
                    if (timestamps[row] == long.MinValue) WriteNull(buffer, ref at[row]);
                    else WriteInt8(buffer, ref at[row], PostgresTime.Timestamp(timestamps[row]));
                }

                return;
            default: WriteValues(block.Column(column.Index), context.First, buffer, at); return;
        }
    }

    private void WriteValues(ColumnView view, int first, Span<byte> buffer, Span<int> at)
    {
        for (var row = 0; row < at.Length; row++)
        {
            var index = first + row;
            ref var position = ref at[row];
            if (view.IsNull(index))
            {
                WriteNull(buffer, ref position);
                continue;
            }

            switch (column.Wire)
            {
                case WireType.Bytes: WriteBytes(buffer, ref position, view.Bytes(index)); break;
                case WireType.Jsonb:
                    var json = view.Bytes(index);
                    BinaryPrimitives.WriteInt32BigEndian(buffer[position..], json.Length + 1);
                    buffer[position + LengthBytes] = JsonbVersion;
                    json.CopyTo(buffer[(position + LengthBytes + 1)..]);
                    position += LengthBytes + 1 + json.Length;
                    break;
                case WireType.Bool:
                    BinaryPrimitives.WriteInt32BigEndian(buffer[position..], 1);
                    buffer[position + LengthBytes] = view.Fixed<byte>()[index];
                    position += LengthBytes + 1;
                    break;
                case WireType.Int4: WriteInt4(buffer, ref position, view.Fixed<int>()[index]); break;
                case WireType.Date: WriteInt4(buffer, ref position, PostgresTime.Date(view.Fixed<int>()[index])); break;
                case WireType.Int8: WriteInt8(buffer, ref position, _kind == ColumnKind.Int ? view.Fixed<int>()[index] : view.Fixed<long>()[index]); break;
                case WireType.Timestamp: WriteInt8(buffer, ref position, PostgresTime.Timestamp(view.Fixed<long>()[index])); break;
                case WireType.Float4: WriteInt4(buffer, ref position, view.Fixed<int>()[index]); break;
                case WireType.Float8:
                    WriteInt8(buffer, ref position, _kind == ColumnKind.Float ? BitConverter.DoubleToInt64Bits(view.Fixed<float>()[index]) : view.Fixed<long>()[index]);
                    break;
                default:
                    BinaryPrimitives.WriteInt32BigEndian(buffer[position..], _numeric.Bytes);
                    position += LengthBytes;
                    if (_isWide) _numeric.Write(view.Fixed<Int128>()[index], buffer[position..]);
                    else _numeric.Write(view.Fixed<long>()[index], buffer[position..]);
                    position += _numeric.Bytes;
                    break;
            }
        }
    }

    private static void Add(Span<int> sizes, int bytes)
    {
        foreach (ref var size in sizes) size += bytes;
    }

    private void WriteSame(Span<byte> buffer, Span<int> at, int value)
    {
        foreach (ref var position in at)
        {
            if (column.Wire == WireType.Int8) WriteInt8(buffer, ref position, value);
            else WriteInt4(buffer, ref position, value);
        }
    }

    private static void WriteNull(Span<byte> buffer, ref int position)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer[position..], NullLength);
        position += LengthBytes;
    }

    private static void WriteBytes(Span<byte> buffer, ref int position, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer[position..], value.Length);
        value.CopyTo(buffer[(position + LengthBytes)..]);
        position += LengthBytes + value.Length;
    }

    private static void WriteInt4(Span<byte> buffer, ref int position, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer[position..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(buffer[(position + LengthBytes)..], value);
        position += LengthBytes + sizeof(int);
    }

    private static void WriteInt8(Span<byte> buffer, ref int position, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer[position..], sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(buffer[(position + LengthBytes)..], value);
        position += LengthBytes + sizeof(long);
    }
}
