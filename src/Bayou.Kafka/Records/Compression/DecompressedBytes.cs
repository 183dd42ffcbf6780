using Bayou.Slices;

namespace Bayou.Kafka.Records.Compression;

/// <summary>
/// Where decompressed batches are written one behind another: a pooled buffer that grows with what is really written, so that a false claim costs no memory,
/// and never beyond a limit per batch. Growing keeps every position.
/// </summary>
internal sealed class DecompressedBytes(BufferPool pool)
{
    private const int SmallestBytes = 4096;

    private PooledBuffer? _buffer;
    private int _limit;

    /// <summary>The buffer, of which the caller is no holder; null when nothing was written since <see cref="Release"/>.</summary>
    public PooledBuffer? Buffer => _buffer;

    /// <summary>The buffer's array. It changes when something is reserved.</summary>
    public byte[] Array { get; private set; } = [];

    /// <summary>Where the current batch begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the bytes written so far end.</summary>
    public int End { get; private set; }

    /// <summary>Bytes free at the end.</summary>
    public int Free => Array.Length - End;

    /// <summary>Begins a batch of at most <paramref name="limit"/> bytes.</summary>
    public void Begin(int limit) => (Start, _limit) = (End, limit);

    /// <summary>Makes sure of <paramref name="least"/> free bytes, 1 or more, and returns all the free ones that the batch may use.</summary>
    /// <exception cref="DecompressionException">The batch would get too large.</exception>
    public Span<byte> Reserve(int least)
    {
        // One byte more than the limit may be written, so that a batch of just that size can be told from a larger one.
        var most = (long)Start + _limit + 1;
        if ((long)End + least > Math.Min(most, System.Array.MaxLength)) throw TooLarge();
        if (Free < least) Grow((int)Math.Max(End + (long)least, Math.Min(Math.Min(most, System.Array.MaxLength), Math.Max(SmallestBytes, Array.Length * 2L))));
        return Array.AsSpan(End, (int)Math.Min(Free, most - End));
    }

    /// <summary>Adds the first <paramref name="count"/> of the reserved bytes to what is written.</summary>
    /// <exception cref="DecompressionException">The batch is too large.</exception>
    public void Commit(int count)
    {
        End += count;
        if (End - Start > _limit) throw TooLarge();
    }

    /// <summary>Goes on in another buffer of about <paramref name="bytes"/> bytes, into which the bytes from <paramref name="keep"/> on move.</summary>
    public void MoveToNew(int bytes, int keep)
    {
        var kept = End - keep;
        var buffer = pool.Rent(Math.Max(bytes, kept + 1));
        Array.AsSpan(keep, kept).CopyTo(buffer.Array);
        Replace(buffer);
        (Start, End) = (kept, kept);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Release()
    {
        _buffer?.Return();
        _buffer = null;
        (Array, Start, End) = ([], 0, 0);
    }

    private void Grow(int bytes)
    {
        var buffer = pool.Rent(bytes);
        Array.AsSpan(0, End).CopyTo(buffer.Array);
        Replace(buffer);
    }

    private void Replace(PooledBuffer buffer)
    {
        _buffer?.Return();
        _buffer = buffer;
        Array = buffer.Array;
    }

    private DecompressionException TooLarge() =>
        new(CorruptRecordsKind.TooLarge, $"it decompresses to more than the {_limit} bytes that are allowed (receive.message.max.bytes)");
}
