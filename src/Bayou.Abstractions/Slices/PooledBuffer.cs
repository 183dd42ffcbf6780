namespace Bayou.Slices;

/// <summary>A rented buffer. It has one holder, who may let others hold it too; the array goes back to its pool when the last one returns it.</summary>
public sealed class PooledBuffer
{
    private readonly BufferPool _pool;
    private readonly byte[] _array;
    private int _holders = 1;

    internal PooledBuffer(BufferPool pool, byte[] array) => (_pool, _array) = (pool, array);

    /// <summary>The array, which may be longer than what was asked for.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was returned.</exception>
    public byte[] Array => Volatile.Read(ref _holders) > 0 ? _array : throw new ObjectDisposedException(nameof(PooledBuffer));

    /// <summary>Adds a holder, which returns the buffer, too. Only one who holds it may call this.</summary>
    public PooledBuffer Share()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>Ends one holder's use.</summary>
    /// <exception cref="InvalidOperationException">It was returned more often than it was held.</exception>
    public void Return()
    {
        var left = Interlocked.Decrement(ref _holders);
        if (left < 0) throw new InvalidOperationException("A pooled buffer was returned twice.");
        if (left == 0) _pool.Return(_array);
    }
}
