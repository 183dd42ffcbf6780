using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>The least and the greatest of byte arrays, by unsigned bytes, each kept up to a limit.</summary>
internal sealed class BytesBounds(int limit, bool isText)
{
    private readonly byte[] _min = new byte[limit];
    private readonly byte[] _max = new byte[limit];
    private int _minLength;
    private int _maxLength;
    private ulong _minHead;
    private ulong _maxHead;

    /// <summary>True when there was a value.</summary>
    public bool Exists { get; private set; }

    /// <summary>The least value, or as much of it as the limit allows: a lower bound.</summary>
    public ReadOnlySpan<byte> Min => Cut(_min.AsSpan(0, _minLength), IsMinExact);

    /// <summary>The greatest value, or as much of it as the limit allows: not an upper bound then.</summary>
    public ReadOnlySpan<byte> Max => Cut(_max.AsSpan(0, _maxLength), IsMaxExact);

    /// <summary>True when <see cref="Min"/> is whole.</summary>
    public bool IsMinExact { get; private set; }

    /// <summary>True when <see cref="Max"/> is whole.</summary>
    public bool IsMaxExact { get; private set; }

    /// <summary>Takes in a value.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        var head = Head(value);
        if (Exists && head > _minHead && head < _maxHead) return;
        AddKept(value.Length > limit ? value[..limit] : value, value.Length <= limit, head);
    }

    /// <summary>Takes in all that <paramref name="other"/>, of the same limit, took in.</summary>
    public void Add(BytesBounds other)
    {
        if (!other.Exists) return;
        AddKept(other._min.AsSpan(0, other._minLength), other.IsMinExact, other._minHead);
        AddKept(other._max.AsSpan(0, other._maxLength), other.IsMaxExact, other._maxHead);
    }

    /// <summary>Forgets all values.</summary>
    public void Clear() => Exists = false;

    /// <summary>The least bytes of at most the limit that are not below any value that begins with <paramref name="prefix"/>; null when there are none.</summary>
    public static byte[]? Above(ReadOnlySpan<byte> prefix, bool isText)
    {
        for (var last = prefix.Length - 1; last >= 0; last--)
        {
            // In text, only a character of one byte is raised, so that the result is text.
            if (isText ? prefix[last] >= 0x7F : prefix[last] == 0xFF) continue;
            var above = prefix[..(last + 1)].ToArray();
            above[last]++;
            return above;
        }

        return null;
    }

    private void AddKept(ReadOnlySpan<byte> kept, bool exact, ulong head)
    {
        var first = !Exists;
        Exists = true;
        // Cutting keeps the order, so comparing what is kept is enough; of equals, the whole one is less than those that were cut.
        var min = first ? -1 : kept.SequenceCompareTo(_min.AsSpan(0, _minLength));
        if (min < 0)
        {
            kept.CopyTo(_min);
            (_minLength, _minHead, IsMinExact) = (kept.Length, head, exact);
        }
        else if (min == 0)
        {
            IsMinExact |= exact;
        }

        var max = first ? 1 : kept.SequenceCompareTo(_max.AsSpan(0, _maxLength));
        if (max > 0)
        {
            kept.CopyTo(_max);
            (_maxLength, _maxHead, IsMaxExact) = (kept.Length, head, exact);
        }
        else if (max == 0)
        {
            IsMaxExact &= exact;
        }
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> kept, bool exact)
    {
        if (exact || !isText) return kept;
        // Text ends before the character that was cut through.
        var end = kept.Length;
        while (end > 0 && end > kept.Length - 4 && (kept[end - 1] & 0xC0) == 0x80) end--;
        if (end == 0) return kept;
        var lead = kept[end - 1];
        var bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return end - 1 + bytes == kept.Length ? kept : kept[..(end - 1)];
    }

    private static ulong Head(ReadOnlySpan<byte> value)
    {
        if (value.Length >= 8) return BinaryPrimitives.ReadUInt64BigEndian(value);
        var head = 0ul;
        for (var i = 0; i < value.Length; i++) head |= (ulong)value[i] << (56 - 8 * i);
        return head;
    }
}
