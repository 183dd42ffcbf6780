using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>Distinct byte arrays in the order in which they came. Emptied, it keeps its memory.</summary>
internal sealed class BytesDictionary
{
    private const int FirstSlots = 1024;
    private const ulong Mix = 0x9E37_79B9_7F4A_7C15;

    private readonly ByteBuffer _data = new();
    private (uint Hash, int Code)[] _slots = [];
    private int[] _ends = new int[FirstSlots / 2];
    private int _mask;

    /// <summary>Number of distinct values.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that the distinct values take in the PLAIN encoding.</summary>
    public int PlainBytes => _data.Length + Count * sizeof(int);

    /// <summary>The value with the given code.</summary>
    public ReadOnlySpan<byte> this[int code] => _data.Span[(code == 0 ? 0 : _ends[code - 1]).._ends[code]];

    /// <summary>The code of <paramref name="value"/>, which is added when it is new.</summary>
    public int CodeOf(ReadOnlySpan<byte> value)
    {
        var hash = Hash(value);
        var slots = _slots;
        for (var at = (int)hash & _mask; ; at = (at + 1) & _mask)
        {
            var (known, code) = slots[at];
            if (code == 0) return Insert(value, hash, at);
            if (known == hash && this[code - 1].SequenceEqual(value)) return code - 1;
        }
    }

    /// <summary>Forgets all values.</summary>
    public void Clear()
    {
        if (_slots.Length == 0) Resize(FirstSlots);
        else if (Count > 0) Array.Clear(_slots);
        Count = 0;
        _data.Clear();
    }

    /// <summary>Forgets all values and gives the memory up.</summary>
    public void Release()
    {
        (_slots, Count) = ([], 0);
        _ends = new int[FirstSlots / 2];
        _data.Release();
    }

    private int Insert(ReadOnlySpan<byte> value, uint hash, int at)
    {
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
            Resize(_slots.Length * 2);
            at = FreeSlot(hash);
        }

        _data.Append(value);
        _ends[Count] = _data.Length;
        _slots[at] = (hash, ++Count);
        return Count - 1;
    }

    private void Resize(int slots)
    {
        var old = _slots;
        _slots = new (uint, int)[slots];
        _mask = slots - 1;
        foreach (var slot in old)
            if (slot.Code != 0) _slots[FreeSlot(slot.Hash)] = slot;
    }

    private int FreeSlot(uint hash)
    {
        var at = (int)hash & _mask;
        while (_slots[at].Code != 0) at = (at + 1) & _mask;
        return at;
    }

    private static uint Hash(ReadOnlySpan<byte> value)
    {
        var hash = (ulong)value.Length * Mix;
        ref var first = ref MemoryMarshal.GetReference(value);
        if (value.Length >= 8)
        {
            for (var at = 0; at < value.Length - 8; at += 8) hash = Step(hash, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at)));
            hash = Step(hash, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, value.Length - 8)));
        }
        else if (value.Length >= 4)
        {
            var low = Unsafe.ReadUnaligned<uint>(ref first);
            hash = Step(hash, (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, value.Length - 4)) << 32 | low);
        }
        else
        {
            for (var i = 0; i < value.Length; i++) hash = hash << 8 ^ value[i];
            hash = Step(hash, 0);
        }

        return (uint)(hash >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong hash, ulong next) => BitOperations.RotateLeft((hash ^ next) * Mix, 29);
}
