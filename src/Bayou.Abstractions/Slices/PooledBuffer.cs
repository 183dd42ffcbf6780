namespace Bayou.Slices;

/// <summary>A rented buffer. Returning it twice is an error.</summary>
public sealed class PooledBuffer
{
    private readonly BufferPool _pool;
    private byte[]? _array;

    internal PooledBuffer(BufferPool pool, byte[] array) => (_pool, _array) = (pool, array);

    /// <summary>The array, which may be longer than what was asked for.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was returned.</exception>
    public byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledBuffer));

    /// <summary>Gives the array back. Nobody may be using it any more.</summary>
    /// <exception cref="InvalidOperationException">It was returned before.</exception>
    public void Return()
    {
        var array = Interlocked.Exchange(ref _array, null)
            ?? throw new InvalidOperationException("A pooled buffer was returned twice.");
        _pool.Return(array);
    }
}
