using System.Text;
using Bayou.Definitions;
using Bayou.Parquet;
using Bayou.Slices;

namespace Bayou.Sinks.Delta;

/// <summary>Copies columns of row blocks into a Parquet writer: runs of rows straight from the block, scattered rows by way of scratch arrays.</summary>
internal sealed class ColumnAppender
{
    private byte[] _validity = [];
    private byte[] _data = [];
    private int[] _ends = [];

    /// <summary>Appends the selected rows of one column.</summary>
    public void Append(ColumnWriter writer, TableColumn column, RowSelection rows)
    {
        var block = rows.Range.Open();
        switch (column.Source)
        {
            case TableColumn.Topic: writer.AppendConstantBytes(Encoding.UTF8.GetBytes(rows.Range.Partition.Topic), rows.Count); break;
            case TableColumn.Partition: writer.AppendConstant(rows.Range.Partition.Partition, rows.Count); break;
            case TableColumn.Generation: writer.AppendConstant(rows.Range.Generation, rows.Count); break;
            case TableColumn.Offset: AppendFixed(writer, block.Offsets, default, rows); break;
            case TableColumn.Timestamp: AppendFixed(writer, block.Timestamps, TimestampValidity(block.Timestamps), rows); break;
            default: AppendColumn(writer, block.Column(column.Source), column.Type, rows); break;
        }
    }

    private void AppendColumn(ColumnWriter writer, ColumnView view, ColumnType type, RowSelection rows)
    {
        switch (type.Kind)
        {
            case ColumnKind.Bool: AppendFixed(writer, view.Fixed<byte>(), view.Validity, rows); break;
            case ColumnKind.Int or ColumnKind.Date: AppendFixed(writer, view.Fixed<int>(), view.Validity, rows); break;
            case ColumnKind.Long or ColumnKind.Timestamp: AppendFixed(writer, view.Fixed<long>(), view.Validity, rows); break;
            case ColumnKind.Float: AppendFixed(writer, view.Fixed<float>(), view.Validity, rows); break;
            case ColumnKind.Double: AppendFixed(writer, view.Fixed<double>(), view.Validity, rows); break;
            case ColumnKind.Decimal when type.FixedWidth == sizeof(long): AppendFixed(writer, view.Fixed<long>(), view.Validity, rows); break;
            case ColumnKind.Decimal: AppendFixed(writer, view.Fixed<Int128>(), view.Validity, rows); break;
            default: AppendBytes(writer, view, rows); break;
        }
    }

    private static void AppendFixed<T>(ColumnWriter writer, ReadOnlySpan<T> values, ReadOnlySpan<byte> validity, RowSelection rows) where T : unmanaged
    {
        if (rows.Indexes is not { } indexes)
        {
            writer.Append(values.Slice(rows.First, rows.Count), validity.IsEmpty ? validity : validity.Slice(rows.First, rows.Count));
            return;
        }

        var gathered = new T[indexes.Length];
        for (var i = 0; i < indexes.Length; i++) gathered[i] = values[indexes[i]];
        writer.Append<T>(gathered, validity.IsEmpty ? validity : GatherValidity(validity, indexes));
    }

    private void AppendBytes(ColumnWriter writer, ColumnView view, RowSelection rows)
    {
        if (rows.Indexes is not { } indexes)
        {
            var end = rows.First + rows.Count;
            writer.AppendBytes(view.Ends[..end], view.Data, view.Validity.IsEmpty ? default : view.Validity[..end], rows.First);
            return;
        }

        Resize(ref _ends, indexes.Length);
        Resize(ref _data, view.Data.Length);
        var length = 0;
        for (var i = 0; i < indexes.Length; i++)
        {
            var value = view.Bytes(indexes[i]);
            value.CopyTo(_data.AsSpan(length));
            _ends[i] = length += value.Length;
        }

        var validity = view.Validity.IsEmpty ? default : GatherValidity(view.Validity, indexes);
        writer.AppendBytes(_ends.AsSpan(0, indexes.Length), _data.AsSpan(0, length), validity);
    }

    private static ReadOnlySpan<byte> GatherValidity(ReadOnlySpan<byte> validity, int[] indexes)
    {
        var gathered = new byte[indexes.Length];
        for (var i = 0; i < gathered.Length; i++) gathered[i] = validity[indexes[i]];
        return gathered;
    }

    private ReadOnlySpan<byte> TimestampValidity(ReadOnlySpan<long> timestamps)
    {
        if (!timestamps.Contains(long.MinValue)) return default;
        Resize(ref _validity, timestamps.Length);
        for (var i = 0; i < timestamps.Length; i++) _validity[i] = timestamps[i] == long.MinValue ? (byte)0 : (byte)1;
        return _validity.AsSpan(0, timestamps.Length);
    }

    private static void Resize<T>(ref T[] array, int length)
    {
        if (array.Length < length) array = new T[Math.Max(length, array.Length * 2)];
    }
}
