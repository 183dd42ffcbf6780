using System.Runtime.InteropServices;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Records;

/// <summary>
/// Entries of decoded records that wait to be handed out, in a pooled buffer that they share with those which were. What was handed out is never written
/// again; where there is no room behind it, those that wait move to another buffer.
/// </summary>
internal sealed class EntryList(BufferPool pool)
{
    private PooledBuffer? _buffer;
    private int _capacity;
    private int _first;
    private int _end;

    /// <summary>Number of entries that wait.</summary>
    public int Count => _end - _first;

    /// <summary>The entries that wait.</summary>
    public Span<RecordEntry> Waiting => Within(_first, Count);

    /// <summary>Makes room for <paramref name="count"/> entries behind those that wait, in a buffer for <paramref name="usual"/> of them if a new one is needed.</summary>
    public Span<RecordEntry> Reserve(int count, int usual)
    {
        if (_buffer is null || _capacity - _end < count) Move(count, usual);
        return Within(_end, count);
    }

    /// <summary>Adds the first <paramref name="count"/> of the reserved entries to those that wait.</summary>
    public void Add(int count) => _end += count;

    /// <summary>Drops the waiting entries below an offset.</summary>
    public void DropBelow(long offset)
    {
        var waiting = Waiting;
        var dropped = 0;
        while (dropped < waiting.Length && waiting[dropped].Offset < offset) dropped++;
        _first += dropped;
    }

    /// <summary>Takes the first <paramref name="count"/> entries out, with their buffer, of which the caller becomes a holder.</summary>
    public (ReadOnlyMemory<RecordEntry> Entries, PooledBuffer Buffer) Take(int count)
    {
        var entries = new EntryMemory(_buffer!.Array, _first + count).Memory[_first..];
        _first += count;
        return (entries, _buffer.Share());
    }

    /// <summary>Drops everything and gives the buffer back.</summary>
    public void Release()
    {
        _buffer?.Return();
        _buffer = null;
        (_first, _end, _capacity) = (0, 0, 0);
    }

    private void Move(int count, int usual)
    {
        var waiting = Count;
        var wanted = (long)waiting + Math.Max(count, usual);
        var buffer = pool.Rent((int)Math.Min(Array.MaxLength, wanted * EntryMemory.EntrySize));
        var moved = MemoryMarshal.Cast<byte, RecordEntry>(buffer.Array.AsSpan());
        if (waiting > 0) Waiting.CopyTo(moved);
        _buffer?.Return();
        _buffer = buffer;
        (_first, _end, _capacity) = (0, waiting, moved.Length);
    }

    private Span<RecordEntry> Within(int first, int count) =>
        _buffer is null ? default : MemoryMarshal.Cast<byte, RecordEntry>(_buffer.Array.AsSpan()).Slice(first, count);
}
