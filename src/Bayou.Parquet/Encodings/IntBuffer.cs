using System.Buffers;

namespace Bayou.Parquet;

/// <summary>Integers that grow at the end, in an array of the shared pool.</summary>
internal sealed class IntBuffer
{
    private int[] _items = [];

    /// <summary>Integers in use.</summary>
    public int Count { get; private set; }

    /// <summary>The integers in use.</summary>
    public Span<int> Span => _items.AsSpan(0, Count);

    /// <summary>Room for at least <paramref name="count"/> integers behind those in use; <see cref="Commit"/> makes them part.</summary>
    public Span<int> Reserve(int count)
    {
        if (_items.Length - Count < count)
        {
            var larger = ArrayPool<int>.Shared.Rent(Math.Max(Count + count, Math.Max(64, _items.Length * 2)));
            Span.CopyTo(larger);
            if (_items.Length > 0) ArrayPool<int>.Shared.Return(_items);
            _items = larger;
        }

        return _items.AsSpan(Count);
    }

    /// <summary>Makes the first <paramref name="count"/> integers of the reserved room part of the buffer.</summary>
    public void Commit(int count) => Count += count;

    /// <summary>Appends one integer.</summary>
    public void Append(int value)
    {
        Reserve(1)[0] = value;
        Count++;
    }

    /// <summary>Empties the buffer and keeps its array.</summary>
    public void Clear() => Count = 0;

    /// <summary>Empties the buffer and returns its array.</summary>
    public void Release()
    {
        if (_items.Length > 0) ArrayPool<int>.Shared.Return(_items);
        (_items, Count) = ([], 0);
    }
}
