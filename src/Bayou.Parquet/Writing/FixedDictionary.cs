using System.Runtime.CompilerServices;

namespace Bayou.Parquet;

/// <summary>Distinct values of fixed width by their bits, in the order in which they came. Emptied, it keeps its memory.</summary>
internal sealed class FixedDictionary<T> where T : unmanaged
{
    private const int FirstSlots = 1024;

    private int[] _slots = [];
    private T[] _values = new T[FirstSlots / 2];
    private int _shift;

    /// <summary>Number of distinct values.</summary>
    public int Count { get; private set; }

    /// <summary>The distinct values; the index of each is its code.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <summary>The code of <paramref name="value"/>, which is added when it is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CodeOf(T value)
    {
        var slots = _slots;
        var at = (int)(Hash(value) >> _shift);
        while (true)
        {
            var code = slots[at] - 1;
            if (code < 0) return Insert(value, at);
            if (SameBits(_values[code], value)) return code;
            if (++at == slots.Length) at = 0;
        }
    }

    /// <summary>Forgets all values.</summary>
    public void Clear()
    {
        if (_slots.Length == 0) Resize(FirstSlots);
        else if (Count > 0) Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>Forgets all values and gives the memory up.</summary>
    public void Release()
    {
        (_slots, Count) = ([], 0);
        _values = new T[FirstSlots / 2];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Insert(T value, int at)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
            Resize(_values.Length * 2);
            at = FreeSlot(value);
        }

        _values[Count] = value;
        _slots[at] = ++Count;
        return Count - 1;
    }

    private void Resize(int slots)
    {
        _slots = new int[slots];
        _shift = 64 - System.Numerics.BitOperations.Log2((uint)slots);
        for (var code = 0; code < Count; code++) _slots[FreeSlot(_values[code])] = code + 1;
    }

    private int FreeSlot(T value)
    {
        var at = (int)(Hash(value) >> _shift);
        while (_slots[at] != 0)
            if (++at == _slots.Length) at = 0;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(T value)
    {
        if (Unsafe.SizeOf<T>() == 4) return Unsafe.As<T, uint>(ref value) * 0x9E37_79B9_7F4A_7C15;
        var low = Unsafe.As<T, ulong>(ref value);
        if (Unsafe.SizeOf<T>() == 16) low = (low ^ Unsafe.Add(ref Unsafe.As<T, ulong>(ref value), 1) * 0xC2B2_AE3D_27D4_EB4F) * 0x9E37_79B9_7F4A_7C15;
        low ^= low >> 32;
        return low * 0x9E37_79B9_7F4A_7C15;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SameBits(T one, T other)
    {
        if (Unsafe.SizeOf<T>() == 4) return Unsafe.As<T, uint>(ref one) == Unsafe.As<T, uint>(ref other);
        if (Unsafe.SizeOf<T>() == 8) return Unsafe.As<T, ulong>(ref one) == Unsafe.As<T, ulong>(ref other);
        return Unsafe.As<T, UInt128>(ref one) == Unsafe.As<T, UInt128>(ref other);
    }
}
