using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>Bytes that grow at the end, in an array of the shared pool. Emptied, it keeps its array; <see cref="Release"/> gives it back.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = [];

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that the buffer takes, used or not.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>The bytes in use.</summary>
    public Span<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Adds <paramref name="count"/> bytes of any contents and returns them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Add(int count)
    {
        var room = Reserve(count);
        Length += count;
        return room[..count];
    }

    /// <summary>Room for at least <paramref name="count"/> bytes behind those in use; <see cref="Commit"/> makes them part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Makes the first <paramref name="count"/> bytes of the reserved room part of the buffer.</summary>
    public void Commit(int count) => Length += count;

    /// <summary>Appends a copy of <paramref name="bytes"/>.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Add(bytes.Length));

    /// <summary>Appends the bytes of <paramref name="values"/> as they are in memory.</summary>
    public void Append<T>(ReadOnlySpan<T> values) where T : unmanaged => Append(MemoryMarshal.AsBytes(values));

    /// <summary>Appends one byte.</summary>
    public void AppendByte(byte value) => Add(1)[0] = value;

    /// <summary>Appends a number of 7 bits a byte, the least first.</summary>
    public void AppendVarint(ulong value)
    {
        while (value >= 0x80)
        {
            AppendByte((byte)(value | 0x80));
            value >>= 7;
        }

        AppendByte((byte)value);
    }

    /// <summary>Drops all but the first <paramref name="length"/> bytes.</summary>
    public void TruncateTo(int length) => Length = length;

    /// <summary>Empties the buffer and keeps its array.</summary>
    public void Clear() => Length = 0;

    /// <summary>Empties the buffer and returns its array.</summary>
    public void Release()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Length) = ([], 0);
    }

    private void Grow(int count)
    {
        var wanted = Math.Max((long)Length + count, Math.Min(_bytes.Length * 2L, Array.MaxLength));
        if (wanted > Array.MaxLength) throw new InvalidOperationException("A Parquet column chunk exceeds 2 GiB: end row groups sooner.");
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(256, (int)wanted));
        Span.CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
