namespace Bayou.Slices;

/// <summary>Arrays of one size that nobody uses; the one returned last is taken first. Safe for concurrent use.</summary>
internal sealed class BufferShelf(int bytes)
{
    private readonly Lock _gate = new();
    private byte[]?[] _arrays = new byte[]?[8];
    private int _count;
    private int _least;

    /// <summary>Length of each array.</summary>
    public int Bytes => bytes;

    /// <summary>Takes an array; null when there is none.</summary>
    public byte[]? TryTake()
    {
        lock (_gate)
        {
            if (_count == 0) return null;
            var array = _arrays[--_count];
            _arrays[_count] = null;
            _least = Math.Min(_least, _count);
            return array;
        }
    }

    /// <summary>Puts an array back.</summary>
    public void Put(byte[] array)
    {
        lock (_gate)
        {
            if (_count == _arrays.Length) Array.Resize(ref _arrays, _count * 2);
            _arrays[_count++] = array;
        }
    }

    /// <summary>Gives up as many arrays as were never needed since the last time, and returns their bytes.</summary>
    public long Trim()
    {
        lock (_gate)
        {
            var surplus = _least;
            Array.Copy(_arrays, surplus, _arrays, 0, _count - surplus);
            Array.Clear(_arrays, _count - surplus, surplus);
            _count -= surplus;
            _least = _count;
            return (long)surplus * bytes;
        }
    }
}
