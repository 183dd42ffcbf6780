using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// What was fetched of one partition for one reader and not yet read, in offset order, and where fetching goes on. A fetch loop delivers, one reader
/// takes; safe for both at once. A delivery says which position it was asked for at, and is dropped when that is not where fetching goes on: the reader went back or
/// ended, or another broker was faster.
/// </summary>
/// <param name="source">The partition.</param>
/// <param name="first">Where reading begins.</param>
/// <param name="pool">Where buffers come from.</param>
internal sealed class ReadAhead(TopicPartition source, FetchPosition first, BufferPool pool)
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
    private FetchPosition _next = first;
    private long _heldBytes;
    private bool _closed;

    /// <summary>The same for a reader that knows no epoch.</summary>
    public ReadAhead(TopicPartition source, long nextOffset, BufferPool pool) : this(source, FetchPosition.At(nextOffset), pool) { }

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

    /// <summary>Where fetching goes on; to be named with what comes of it.</summary>
    public FetchPosition Next
    {
        get
        {
            lock (_gate) return _next;
        }
    }

    /// <summary>
    /// Adds what was fetched; takes its buffer over. <paramref name="next"/> is where fetching goes on, behind a batch of leader epoch <paramref name="epoch"/>. Returns
    /// false, and gives the buffer back, when it was asked for at another position than the present one.
    /// </summary>
    public bool Deliver(FetchedRecords records, long next, int epoch)
    {
        lock (_gate)
        {
            if (Ended || records.From != _next)
            {
                records.Buffer.Return();
                return false;
            }

            _next = _next.Then(next, epoch);
            // What was to be told is not true any more.
            _notice = null;
            Add(records);
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

    /// <summary>The reader could not decode what lies at <paramref name="offset"/>, the next one that it wants: what is held is dropped and fetched again from there.</summary>
    public void GoBack(long offset, string why, string broker)
    {
        lock (_gate)
        {
            if (Ended) return;
            Drop();
            _next = _next.BackTo(offset);
        }

        Undecodable?.Invoke(offset, why, broker);
        Taken?.Invoke();
    }

    /// <summary>Whatever was asked for and has not come yet is of no use when it comes.</summary>
    public void Interrupt()
    {
        lock (_gate) _next = _next with { Turn = _next.Turn + 1 };
    }

    /// <summary>
    /// The leader's log was found to end at <paramref name="end"/> in leader epoch <paramref name="epoch"/>, the last one that it shares with what was fetched. What was
    /// not taken yet is dropped and fetched anew. <paramref name="lost"/> is what was taken and is not in that log any more; null when nothing is. Returns false, and does
    /// nothing, when what was <paramref name="asked"/> about is not where fetching goes on any more.
    /// </summary>
    public bool CutBack(FetchPosition asked, long end, int epoch, out OffsetRange? lost)
    {
        lock (_gate)
        {
            lost = null;
            if (Ended || asked.Turn != _next.Turn || asked.Epoch != _next.Epoch) return false;
            var taken = _queue.TryPeek(out var oldest) ? oldest.From : _next;
            Drop();
            _next = taken with { Turn = taken.Turn + 1 };
            if (taken.Epoch > epoch) lost = new OffsetRange(Math.Min(end, taken.EpochStart), taken.Offset);
            else if (taken.Offset > end) lost = new OffsetRange(end, taken.Offset);
            return true;
        }
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

    private void Add(FetchedRecords records)
    {
        if (records.Length < MergeBelowBytes && _last is not null && _last.TryAppend(records))
        {
            records.Buffer.Return();
            return;
        }

        // Where one set waits already, more small ones are to be expected.
        if (records.Length < MergeBelowBytes && _queue.Count > 0) records = records.MovedTo(pool.Rent((int)Math.Clamp(_heldBytes, records.Length, LargestMergedBytes)));
        _queue.Enqueue(_last = records);
        _heldBytes += records.CapacityBytes;
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
