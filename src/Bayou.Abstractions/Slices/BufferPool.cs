using System.Numerics;

namespace Bayou.Slices;

/// <summary>
/// Where micro-batches and slices get their buffers. Every rented buffer has one owner, which returns it at most once; one that is never
/// returned is left to the garbage collector.
/// </summary>
/// <remarks>
/// A commit gives hundreds of slices back at once, which the shared array pool would mostly drop: they would be allocated anew, page by page, for the next commit. So
/// returned arrays are kept here, up to <see cref="KeptLimit"/> bytes; what was not needed for half a minute is given up.
/// </remarks>
public sealed class BufferPool
{
    /// <summary>Bytes that are kept at most unless said otherwise.</summary>
    public const long DefaultKeptLimit = 384L << 20;

    // Sizes are four to a power of two, so that an array is a fifth too large at most, and a tenth on average.
    private const int SmallestBits = 8;
    private const int LargestBits = 24;
    private const int StepBits = 2;

    private static readonly TimeSpan TrimEvery = TimeSpan.FromSeconds(30);

    private readonly BufferShelf[] _shelves;
    private readonly bool _poison;
    private readonly TimeProvider _time;
    private long _rented;
    private long _kept;
    private long _trimmedAt;

    /// <summary>A pool; with <paramref name="poison"/>, returned buffers are overwritten so that a use after return shows.</summary>
    public BufferPool(bool poison = false, long keptLimit = DefaultKeptLimit, TimeProvider? time = null)
    {
        (_poison, KeptLimit, _time) = (poison, keptLimit, time ?? TimeProvider.System);
        _trimmedAt = _time.GetTimestamp();
        _shelves = new BufferShelf[((LargestBits - SmallestBits) << StepBits) + 1];
        for (var i = 0; i < _shelves.Length; i++) _shelves[i] = new BufferShelf(SizeAt(i));
    }

    /// <summary>The pool of the process.</summary>
    public static BufferPool Shared { get; } = new();

    /// <summary>Bytes that are kept at most while nobody uses them.</summary>
    public long KeptLimit { get; }

    /// <summary>Bytes that are rented now, as rounded up by the pool.</summary>
    public long RentedBytes => Interlocked.Read(ref _rented);

    /// <summary>Bytes that are kept now for whoever rents next.</summary>
    public long KeptBytes => Interlocked.Read(ref _kept);

    /// <summary>A buffer of at least <paramref name="bytes"/> bytes, with arbitrary contents.</summary>
    public PooledBuffer Rent(int bytes)
    {
        var array = Take(bytes);
        Interlocked.Add(ref _rented, array.Length);
        return new PooledBuffer(this, array);
    }

    internal void Return(byte[] array)
    {
        if (_poison) array.AsSpan().Fill(0xDB);
        Interlocked.Add(ref _rented, -array.Length);
        var shelf = ShelfOf(array.Length);
        if (shelf < _shelves.Length && array.Length == _shelves[shelf].Bytes)
        {
            if (Interlocked.Add(ref _kept, array.Length) <= KeptLimit) _shelves[shelf].Put(array);
            else Interlocked.Add(ref _kept, -array.Length);
        }

        if (_time.GetElapsedTime(Interlocked.Read(ref _trimmedAt)) >= TrimEvery) Trim();
    }

    private byte[] Take(int bytes)
    {
        var index = ShelfOf(bytes);
        if (index >= _shelves.Length) return GC.AllocateUninitializedArray<byte>(bytes);
        var shelf = _shelves[index];
        if (shelf.TryTake() is not { } array) return GC.AllocateUninitializedArray<byte>(shelf.Bytes);
        Interlocked.Add(ref _kept, -array.Length);
        return array;
    }

    private void Trim()
    {
        Interlocked.Exchange(ref _trimmedAt, _time.GetTimestamp());
        foreach (var shelf in _shelves) Interlocked.Add(ref _kept, -shelf.Trim());
    }

    // The first shelf whose arrays have room for so many bytes.
    private static int ShelfOf(int bytes)
    {
        if (bytes <= 1 << SmallestBits) return 0;
        var less = (uint)bytes - 1;
        var bits = BitOperations.Log2(less);
        var step = (int)(less >> (bits - StepBits)) & ((1 << StepBits) - 1);
        return ((bits - SmallestBits) << StepBits) + step + 1;
    }

    private static int SizeAt(int shelf)
    {
        var (bits, step) = (SmallestBits + (shelf >> StepBits), shelf & ((1 << StepBits) - 1));
        return ((1 << StepBits) + step) << (bits - StepBits);
    }
}
