using System.Buffers;

namespace Bayou.Slices;

/// <summary>
/// Where micro-batches and slices get their buffers. Every rented buffer has one owner, which returns it at most once; one that is never
/// returned is left to the garbage collector.
/// </summary>
public sealed class BufferPool
{
    private readonly ArrayPool<byte> _arrays = ArrayPool<byte>.Shared;
    private readonly bool _poison;
    private long _rented;

    /// <summary>A pool; with <paramref name="poison"/>, returned buffers are overwritten so that a use after return shows.</summary>
    public BufferPool(bool poison = false) => _poison = poison;

    /// <summary>The pool of the process.</summary>
    public static BufferPool Shared { get; } = new();

    /// <summary>Bytes that are rented now, as rounded up by the pool.</summary>
    public long RentedBytes => Interlocked.Read(ref _rented);

    /// <summary>A buffer of at least <paramref name="bytes"/> bytes, with arbitrary contents.</summary>
    public PooledBuffer Rent(int bytes)
    {
        var array = _arrays.Rent(bytes);
        Interlocked.Add(ref _rented, array.Length);
        return new PooledBuffer(this, array);
    }

    internal void Return(byte[] array)
    {
        if (_poison) array.AsSpan().Fill(0xDB);
        Interlocked.Add(ref _rented, -array.Length);
        _arrays.Return(array);
    }
}
