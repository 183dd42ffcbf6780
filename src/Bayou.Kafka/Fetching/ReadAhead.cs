using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// What was fetched of one partition for one reader and not yet read, in offset order, and where fetching goes on. A fetch loop delivers, one reader
/// takes; safe for both at once. A delivery says which turn it was asked in, and what comes of an earlier turn is dropped: the reader went back, or ended.
/// </summary>
/// <param name="source">The partition.</param>
/// <param name="nextOffset">Where reading begins.</param>
/// <param name="pool">Where buffers come from.</param>
internal sealed class ReadAhead(TopicPartition source, long nextOffset, BufferPool pool)
{
    // Sets smaller than this are copied together while nobody has taken them, so that a slow reader gets large batches.
    private const int MergeBelowBytes = 16 * 1024;
    private const int LargestMergedBytes = 128 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<FetchedRecords> _queue = new();
    private FetchedRecords? _last;
    private TaskCompletionSource? _waiter;
    private SourceException? _failure;
    private SourceException? _notice;
    private Watermarks? _watermarks;
    private long _fetchOffset = nextOffset;
    private long _heldBytes;
    private int _turn;
    private bool _closed;

    /// <summary>The partition.</summary>
    public TopicPartition Source => source;

    /// <summary>Memory held for the reader, in bytes.</summary>
    public long HeldBytes => Interlocked.Read(ref _heldBytes);

    /// <summary>True once reading has ended for good.</summary>
    public bool Ended => Volatile.Read(ref _closed) || Volatile.Read(ref _failure) is not null;

    /// <summary>The partition's bounds as a broker last told them; null before.</summary>
    public Watermarks? Watermarks
    {
        get
        {
            lock (_gate) return _watermarks;
        }
    }

    /// <summary>Called, outside of any lock, when the reader has taken something or has gone back.</summary>
    public Action? Taken { get; set; }

    /// <summary>Called, outside of any lock, when what was fetched could not be decoded, with the offset, the reason and the broker.</summary>
    public Action<long, string, string>? Undecodable { get; set; }

    /// <summary>Where fetching goes on, and the turn to name with what comes of it.</summary>
    public (long Offset, int Turn) Next
    {
        get
        {
            lock (_gate) return (_fetchOffset, _turn);
        }
    }

    /// <summary>
    /// Adds what was fetched; takes the buffer over. <paramref name="next"/> is where fetching goes on. Returns false, and gives the buffer back, when it belongs to an
    /// earlier turn.
    /// </summary>
    public bool Deliver(int turn, PooledBuffer buffer, int length, long next, IReadOnlyList<AbortedTransaction>? aborted, string broker)
    {
        lock (_gate)
        {
            if (Ended || turn != _turn)
            {
                buffer.Return();
                return false;
            }

            _fetchOffset = next;
            if (length < MergeBelowBytes && _last is not null && _last.TryAppend(buffer.Array.AsSpan(0, length), aborted, broker))
            {
                buffer.Return();
            }
            else
            {
                var records = length < MergeBelowBytes && _queue.Count > 0 ? Roomier(buffer, length, aborted, broker) : new FetchedRecords(buffer, length, aborted, broker);
                _queue.Enqueue(records);
                _last = records;
                _heldBytes += records.CapacityBytes;
            }

            WakeLocked();
            return true;
        }
    }

    /// <summary>Notes the partition's bounds.</summary>
    public void Heard(Watermarks watermarks)
    {
        lock (_gate) _watermarks = watermarks;
    }

    /// <summary>The oldest records that were fetched; null with a task to wait for when there are none. Throws the failure or notice that there is instead.</summary>
    public FetchedRecords? TryTake(out Task? arrival)
    {
        FetchedRecords? taken;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_queue.TryDequeue(out taken))
            {
                if (_last == taken) _last = null;
                _heldBytes -= taken.CapacityBytes;
                arrival = null;
            }
            else
            {
                if (_failure is not null) throw _failure;
                if (Interlocked.Exchange(ref _notice, null) is { } notice) throw notice;
                _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _waiter.Task;
                return null;
            }
        }

        Taken?.Invoke();
        return taken;
    }

    /// <summary>The reader could not decode what lies at <paramref name="offset"/>: what is held is dropped and fetched again from there.</summary>
    public void GoBack(long offset, string why, string broker)
    {
        lock (_gate)
        {
            if (Ended) return;
            Drop();
            _turn++;
            _fetchOffset = offset;
        }

        Undecodable?.Invoke(offset, why, broker);
        Taken?.Invoke();
    }

    /// <summary>Ends reading: what is held can still be taken, unless <paramref name="dropHeld"/>; then the reader gets <paramref name="failure"/>. The first failure stays.</summary>
    public void Fail(SourceException failure, bool dropHeld = false)
    {
        lock (_gate)
        {
            _failure ??= failure;
            if (dropHeld) Drop();
            WakeLocked();
        }
    }

    /// <summary>Tells a waiting reader, once, why there is nothing; fetching goes on. Returns false when none waits.</summary>
    public bool Notice(SourceException notice)
    {
        lock (_gate)
        {
            if (_waiter is null || Ended) return false;
            _notice = notice;
            WakeLocked();
            return true;
        }
    }

    /// <summary>Ends reading and gives all memory back. Harmless when repeated.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Drop();
            WakeLocked();
        }
    }

    private FetchedRecords Roomier(PooledBuffer buffer, int length, IReadOnlyList<AbortedTransaction>? aborted, string broker)
    {
        var roomier = pool.Rent((int)Math.Min(LargestMergedBytes, Math.Max(length, _heldBytes)));
        buffer.Array.AsSpan(0, length).CopyTo(roomier.Array);
        buffer.Return();
        return new FetchedRecords(roomier, length, aborted, broker);
    }

    private void Drop()
    {
        while (_queue.TryDequeue(out var records)) records.Buffer.Return();
        _last = null;
        _heldBytes = 0;
    }

    private void WakeLocked()
    {
        _waiter?.SetResult();
        _waiter = null;
    }
}
