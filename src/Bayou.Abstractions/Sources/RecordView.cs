namespace Bayou.Sources;

/// <summary>One record of a <see cref="MicroBatch"/>, read in place.</summary>
public readonly ref struct RecordView
{
    private readonly RecordEntry _entry;
    private readonly ReadOnlySpan<byte> _data;

    /// <summary>The record that <paramref name="entry"/> describes, in <paramref name="data"/> of its batch.</summary>
    public RecordView(in RecordEntry entry, ReadOnlySpan<byte> data)
    {
        _entry = entry;
        _data = data;
    }

    /// <summary>The record's offset.</summary>
    public long Offset => _entry.Offset;

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z; -1 when the record has none.</summary>
    public long TimestampMilliseconds => _entry.TimestampMilliseconds;

    /// <summary>False when the key is null.</summary>
    public bool HasKey => _entry.KeyLength >= 0;

    /// <summary>False for a tombstone.</summary>
    public bool HasValue => _entry.ValueLength >= 0;

    /// <summary>The key; empty when it is null.</summary>
    public ReadOnlySpan<byte> Key => HasKey ? _data.Slice(_entry.KeyStart, _entry.KeyLength) : default;

    /// <summary>The value; empty when it is null.</summary>
    public ReadOnlySpan<byte> Value => HasValue ? _data.Slice(_entry.ValueStart, _entry.ValueLength) : default;

    /// <summary>
    /// All of the batch's data from the value's first byte on: whoever reads in wide steps may read behind the value's end here, whatever stands there.
    /// </summary>
    public ReadOnlySpan<byte> FromValue => HasValue ? _data[_entry.ValueStart..] : default;

    /// <summary>The headers.</summary>
    public RecordHeaders Headers => new(_data.Slice(_entry.HeadersStart, _entry.HeadersLength));
}
