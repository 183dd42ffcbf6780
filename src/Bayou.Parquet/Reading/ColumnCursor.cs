namespace Bayou.Parquet;

/// <summary>A walk over the entries of a column, made for putting nested rows together.</summary>
public struct ColumnCursor
{
    private readonly ColumnData _data;
    private int _entry;
    private int _value;

    internal ColumnCursor(ColumnData data) => (_data, _entry, _value) = (data, -1, -1);

    /// <summary>Definition level of the entry.</summary>
    public readonly int Definition => _data.DefinitionLevels.IsEmpty ? 0 : _data.DefinitionLevels[_entry];

    /// <summary>Repetition level of the entry: 0 when it begins a row.</summary>
    public readonly int Repetition => _data.RepetitionLevels.IsEmpty ? 0 : _data.RepetitionLevels[_entry];

    /// <summary>True when the entry has a value.</summary>
    public readonly bool HasValue => Definition == _data.Column.MaxDefinitionLevel;

    /// <summary>Index of the entry's value in the column's values; meaningless unless <see cref="HasValue"/>.</summary>
    public readonly int ValueIndex => _value;

    /// <summary>The entry's value; of fixed width, as in <see cref="ColumnData.Values{T}"/>.</summary>
    public readonly T Value<T>() where T : unmanaged => _data.Values<T>()[_value];

    /// <summary>The entry's value as bytes.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _data.Bytes(_value);

    /// <summary>The entry's value as text.</summary>
    public readonly string Text => _data.Text(_value);

    /// <summary>True when the entry after this one continues the same row.</summary>
    public readonly bool RowContinues =>
        _entry + 1 < _data.Entries && !_data.RepetitionLevels.IsEmpty && _data.RepetitionLevels[_entry + 1] > 0;

    /// <summary>Goes to the next entry, at first to the first; false when there is none.</summary>
    public bool MoveNext()
    {
        if (++_entry >= _data.Entries) return false;
        if (HasValue) _value++;
        return true;
    }
}
