using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Bayou.Grains.Routing;

/// <summary>Finds a number by a text's UTF-8 bytes. Immutable; keys come from the definition, so there are few of them.</summary>
internal sealed class Utf8Lookup
{
    private readonly byte[][] _keys;
    private readonly int[] _values;
    private readonly int _shift;

    /// <summary>A lookup of the given pairs; no two keys are equal.</summary>
    public Utf8Lookup(IReadOnlyCollection<KeyValuePair<string, int>> pairs)
    {
        var bits = Math.Max(2, BitOperations.Log2((uint)(pairs.Count * 2 + 1)) + 1);
        _keys = new byte[1 << bits][];
        _values = new int[1 << bits];
        _shift = 64 - bits;
        foreach (var (text, value) in pairs)
        {
            var key = Encoding.UTF8.GetBytes(text);
            var at = Start(key);
            while (_keys[at] is not null) at = (at + 1) & (_keys.Length - 1);
            (_keys[at], _values[at]) = (key, value);
            LongestKey = Math.Max(LongestKey, key.Length);
        }
    }

    /// <summary>Bytes of the longest key.</summary>
    public int LongestKey { get; }

    /// <summary>The number that belongs to <paramref name="key"/>; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        var keys = _keys;
        for (var at = Start(key); ; at = (at + 1) & (keys.Length - 1))
        {
            var found = keys[at];
            if (found is null) return -1;
            if (key.SequenceEqual(found)) return _values[at];
        }
    }

    private int Start(ReadOnlySpan<byte> key)
    {
        ulong mix;
        if (key.Length >= 8)
        {
            var head = MemoryMarshal.Read<ulong>(key);
            var tail = MemoryMarshal.Read<ulong>(key[^8..]);
            mix = head ^ BitOperations.RotateLeft(tail, 29);
        }
        else if (key.Length >= 4)
        {
            mix = MemoryMarshal.Read<uint>(key) | (ulong)MemoryMarshal.Read<uint>(key[^4..]) << 32;
        }
        else
        {
            mix = 0;
            foreach (var one in key) mix = mix << 8 | one;
        }

        return (int)((mix + (ulong)key.Length) * 0x9E3779B97F4A7C15 >> _shift);
    }
}
