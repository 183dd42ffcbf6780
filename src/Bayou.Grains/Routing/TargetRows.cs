using Bayou.Definitions;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Grains.Routing;

/// <summary>The rows and the quarantined rows that one target has so far, and how large a slice they make. Not safe for concurrent use.</summary>
internal sealed class TargetRows(TargetPlan plan, int version)
{
    private const int BadRowFixedBytes = 2 * sizeof(long) + 5 * (1 + sizeof(int));

    private readonly bool _isQuarantine = plan.Table.Name == QuarantineTable.Name;
    private readonly RowBlockBuilder _rows = new(plan.Table.Columns);
    private readonly RowBlockBuilder _bad = new(QuarantineTable.Columns);
    private long _sizeBound;

    /// <summary>Rows.</summary>
    public int Rows => _rows.Rows;

    /// <summary>Rows for the quarantine.</summary>
    public int Quarantined => _bad.Rows;

    /// <summary>Most bytes of the slice.</summary>
    public int SizeBytes => Aligned(RowsBytes) + BadBytes;

    private int RowsBytes => _rows.Rows == 0 ? 0 : _rows.SizeBytes;

    private int BadBytes => _bad.Rows == 0 ? 0 : _bad.SizeBytes;

    /// <summary>Empties it and keeps its memory.</summary>
    public void Reset()
    {
        _rows.Reset();
        _bad.Reset();
        // Even empty blocks count here: a bound may be too high, never too low.
        _sizeBound = Aligned(_rows.SizeBytes) + _bad.SizeBytes;
    }

    /// <summary>Tries to make a row of the record that <paramref name="router"/> read last, as a trial that leaves nothing behind.</summary>
    public Outcome Try(EventRouter router, RecordView record, Reason reason)
    {
        if (_isQuarantine) return Outcome.Row;
        var fits = TryFill(router.Values, record.Value, reason);
        _rows.CancelRow();
        return fits ? Outcome.Row : Outcome.Quarantine;
    }

    /// <summary>Adds the record that <paramref name="router"/> read last, as a row or, where it does not fit, as a quarantined one.</summary>
    public Outcome Add(EventRouter router, RecordView record, Reason reason)
    {
        var timestamp = Microseconds(record.TimestampMilliseconds);
        if (_isQuarantine)
        {
            router.Explain(record, reason);
            AddBad(_rows, record, reason, timestamp, default);
            return Outcome.Row;
        }

        if (TryFill(router.Values, record.Value, reason))
        {
            _rows.EndRow(record.Offset, timestamp);
            _sizeBound += plan.RowBytes + (long)plan.VariableColumns * record.Value.Length;
            return Outcome.Row;
        }

        _rows.CancelRow();
        AddBad(_bad, record, reason, timestamp, plan.Name);
        return Outcome.Quarantine;
    }

    /// <summary>True when the slice is larger than <paramref name="maxBytes"/> and has more than one record. Cheap until it comes near that.</summary>
    public bool IsOver(int maxBytes)
    {
        if (_sizeBound <= maxBytes) return false;
        _sizeBound = SizeBytes;
        return _sizeBound > maxBytes && Rows + Quarantined > 1;
    }

    /// <summary>Takes back the record added last.</summary>
    public void Remove(Outcome outcome) => (outcome == Outcome.Row ? _rows : _bad).RemoveLastRow();

    /// <summary>Writes both blocks into one buffer; null when there is nothing to write.</summary>
    public Slice? BuildSlice(TopicPartition source, int generation, OffsetRange range, BufferPool pool)
    {
        if (Rows == 0 && Quarantined == 0) return null;
        var buffer = pool.Rent(SizeBytes);
        var rows = _rows.WriteTo(buffer.Array);
        var start = Aligned(rows);
        var bad = _bad.WriteTo(buffer.Array.AsSpan(start));
        return new Slice(buffer)
        {
            Source = source,
            Generation = generation,
            Version = version,
            Range = range,
            Rows = buffer.Array.AsMemory(0, rows),
            Quarantined = buffer.Array.AsMemory(start, bad),
        };
    }

    private bool TryFill(EventValues values, ReadOnlySpan<byte> json, Reason reason)
    {
        var builders = _rows.Columns;
        var columns = plan.Columns;
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            ref readonly var value = ref values[column.Node];
            if (value.Kind <= JsonKind.Null)
            {
                if (!column.Required) continue;
                reason.Missing(column, in value, json);
                return false;
            }

            var mismatch = ColumnWriter.TryAppend(builders[i], column, in value, json);
            if (mismatch == Mismatch.None) continue;
            reason.Type(column, mismatch, in value, json);
            return false;
        }

        return true;
    }

    private void AddBad(RowBlockBuilder to, RecordView record, Reason reason, long timestamp, ReadOnlySpan<byte> table)
    {
        var columns = to.Columns;
        if (record.HasKey) columns[0].AppendBytes(record.Key);
        if (record.HasValue) columns[1].AppendBytes(record.Value);
        columns[2].AppendBytes(reason.Text);
        if (!table.IsEmpty) columns[3].AppendBytes(table);
        columns[4].Append(version);
        to.EndRow(record.Offset, timestamp);
        _sizeBound += BadRowFixedBytes + record.Key.Length + record.Value.Length + reason.Text.Length + table.Length;
    }

    private static long Microseconds(long milliseconds) =>
        milliseconds is -1 or < long.MinValue / 1000 or > long.MaxValue / 1000 ? long.MinValue : milliseconds * 1000;

    private static int Aligned(int bytes) => (bytes + 7) & ~7;
}
