using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>
/// The records of one assignment that were fetched and not yet read, in offset order. A consumer's thread appends, one reader takes.
/// A buffer is also the token of its assignment: a partition that has another buffer by now is not this one's any more.
/// </summary>
internal sealed class ReadAheadBuffer(TopicPartition source, long nextOffset, BufferPool pool)
{
    private readonly Lock _gate = new();
    private readonly Queue<RecordBlock> _full = new();
    private readonly BlockSizing _sizing = new();
    private IReadAheadOwner? _owner;
    private RecordBlock? _filling;
    private TaskCompletionSource? _waiter;
    private SourceException? _failure;
    private SourceException? _notice;
    private long _next = nextOffset;
    private long _bufferedBytes;
    private long _bufferedRecords;
    private bool _closed;

    // The reader's own: what it has begun to read.
    private RecordBlock? _current;
    private int _currentIndex;
    private long _currentNext;
    private long _position = nextOffset;

    /// <summary>The partition.</summary>
    public TopicPartition Source => source;

    /// <summary>Where appending goes on.</summary>
    public long Next => Interlocked.Read(ref _next);

    /// <summary>Memory held, in bytes.</summary>
    public long BufferedBytes => Interlocked.Read(ref _bufferedBytes);

    /// <summary>Records held.</summary>
    public long BufferedRecords => Interlocked.Read(ref _bufferedRecords);

    /// <summary>End of the partition when the consumer last reached it, else -1. Set by the consumer's thread.</summary>
    public long End { get; private set; } = -1;

    /// <summary>Whether fetching is paused. For the consumer's thread only.</summary>
    public bool Paused { get; set; }

    /// <summary>Whether the reader is about to be woken. For the consumer's thread only.</summary>
    public bool WakePending { get; set; }

    /// <summary>True once reading has ended for good.</summary>
    public bool Ended => _closed || _failure is not null;

    /// <summary>Says who is to hear of this buffer's reader.</summary>
    public void Attach(IReadAheadOwner owner)
    {
        lock (_gate)
        {
            _owner = owner;
            if (_waiter is not null) owner.ReaderWaits();
        }
    }

    /// <summary>Adds a record; one below <see cref="Next"/> was delivered before and is dropped. Returns true when a reader waits, to be woken by <see cref="Wake"/>.</summary>
    public bool Append(in RecordEntry entry, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (Ended || entry.Offset < _next) return false;
            if (_filling is null || !_filling.TryAppend(entry, bytes))
            {
                if (_filling is not null)
                {
                    _sizing.Filled();
                    _full.Enqueue(_filling);
                }

                _filling = _sizing.Rent(pool, bytes.Length);
                _bufferedBytes += _filling.CapacityBytes;
                _filling.TryAppend(entry, bytes);
            }

            _bufferedRecords++;
            _next = OffsetRange.NextAfter(entry.Offset);
            End = -1;
            return _waiter is not null;
        }
    }

    /// <summary>Notes that the partition ends at <paramref name="end"/> for now. Returns true when a reader waits and has something to take.</summary>
    public bool ReachEnd(long end)
    {
        lock (_gate)
        {
            End = end;
            if (end <= _next) return false;
            _next = end;
            return _waiter is not null;
        }
    }

    /// <summary>Lets a waiting reader look again.</summary>
    public void Wake()
    {
        lock (_gate) WakeLocked();
    }

    /// <summary>Ends reading: what is buffered can still be taken, unless <paramref name="dropBuffered"/>; then readers get <paramref name="failure"/>. The first failure stays.</summary>
    public void Fail(SourceException failure, bool dropBuffered = false)
    {
        lock (_gate)
        {
            _failure ??= failure;
            if (dropBuffered) ReleaseBlocks();
            WakeLocked();
        }
    }

    /// <summary>Tells a waiting reader, once, why there is nothing; reading goes on.</summary>
    public void Notice(SourceException notice)
    {
        lock (_gate)
        {
            if (_waiter is null) return;
            _notice = notice;
            WakeLocked();
        }
    }

    /// <summary>Ends reading and gives all memory back.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            ReleaseBlocks();
            _current?.Release();
            _current = null;
            WakeLocked();
        }
    }

    /// <summary>The next batch; null with a task to wait for when there is nothing. A partition that ended further on gives an empty batch.</summary>
    public MicroBatch? TryTake(int maxRecords, int maxBytes, out Task? arrival)
    {
        arrival = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_current is not null || Dequeue()) return Take(maxRecords, maxBytes);
            if (_failure is not null) throw _failure;
            if (_next > _position) return new MicroBatch(source, Advance(_next), default, default);
            if (Interlocked.Exchange(ref _notice, null) is { } notice) throw notice;
            if (_waiter is null)
            {
                _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _owner?.ReaderWaits();
            }

            arrival = _waiter.Task;
            return null;
        }
    }

    private MicroBatch Take(int maxRecords, int maxBytes)
    {
        var block = _current!;
        var whole = _currentIndex == 0 && block.Count <= maxRecords && block.DataBytes <= maxBytes;
        if (whole && (!BlockSizing.IsSmall(block) || (_full.Count == 0 && _filling is null)))
        {
            Finish(block);
            return block.ToBatch(source, Advance(_currentNext));
        }

        var copy = new BatchCopy(
            pool, maxRecords, maxBytes, block.EndOf(_currentIndex) - block.StartOf(_currentIndex), _bufferedRecords, _bufferedBytes);
        do
        {
            _currentIndex = copy.Add(_current!, _currentIndex);
            if (_currentIndex < _current!.Count) return copy.ToBatch(source, Advance(OffsetRange.NextAfter(copy.LastOffset)));
            Finish(_current).Release();
        }
        while (copy.HasRoom && Dequeue());
        return copy.ToBatch(source, Advance(_currentNext));
    }

    private RecordBlock Finish(RecordBlock block)
    {
        _current = null;
        _currentIndex = 0;
        _bufferedBytes -= block.CapacityBytes;
        _bufferedRecords -= block.Count;
        _owner?.Taken(this);
        return block;
    }

    private bool Dequeue()
    {
        if (!_full.TryDequeue(out var block))
        {
            if (_filling is null) return false;
            block = _filling;
            _filling = null;
            _sizing.TakenEarly(block);
        }

        _current = block;
        _currentNext = _full.Count == 0 && _filling is null ? _next : OffsetRange.NextAfter(block.Entries[^1].Offset);
        return true;
    }

    private OffsetRange Advance(long next)
    {
        var range = new OffsetRange(_position, next);
        _position = next;
        return range;
    }

    private void ReleaseBlocks()
    {
        while (_full.TryDequeue(out var block)) block.Release();
        _filling?.Release();
        _filling = null;
        _bufferedBytes = _current?.CapacityBytes ?? 0;
        _bufferedRecords = _current?.Count ?? 0;
        _owner?.Taken(this);
    }

    private void WakeLocked()
    {
        if (_waiter is null) return;
        _waiter.SetResult();
        _waiter = null;
        _owner?.ReaderServed();
    }
}
