namespace Bayou.Kafka.Fetching;

/// <summary>
/// When the next fetch of a broker is sent and how long the broker may keep it. A fetch that waits at the broker cannot be changed, so after a change of
/// what is read the waits begin short and grow while nothing comes.
/// </summary>
/// <param name="longest">The longest that a broker may keep a fetch.</param>
internal sealed class FetchPacing(TimeSpan longest)
{
    /// <summary>How long a fetch may be kept after a change, and while readers of partitions that are left out take something now and then.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a fetch may be kept at most while some partition is left out, because its reader may begin to read again at any time.</summary>
    public static readonly TimeSpan LongestHeldBack = TimeSpan.FromMilliseconds(50);

    /// <summary>The pause after a small response, so that records which trickle in are fetched some at a time. Well below the 5 ms within which a record is handed on.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>The longest pause after responses without records that came before their time.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private const int SmallBytes = 16 * 1024;
    private TimeSpan _wait = Short;
    private TimeSpan _asked;
    private bool _heldBack;
    private TimeSpan _pause;

    /// <summary>What is read has changed.</summary>
    public void Changed() => _wait = Short;

    /// <summary>How long the next fetch may be kept; <paramref name="heldBack"/> when some partition is left out of it, with <paramref name="due"/> at most.</summary>
    public TimeSpan MaxWait(bool heldBack, TimeSpan? due = null)
    {
        _heldBack = heldBack;
        _asked = heldBack && _wait > LongestHeldBack ? LongestHeldBack : _wait < longest ? _wait : longest;
        if (due < _asked) _asked = due.Value > TimeSpan.Zero ? due.Value : TimeSpan.Zero;
        return _asked;
    }

    /// <summary>A response came, <paramref name="after"/> it was asked for. Returns how long to wait before the next fetch.</summary>
    public TimeSpan Received(long recordBytes, TimeSpan after)
    {
        if (recordBytes > 0)
        {
            if (_heldBack) _wait = Short;
            _pause = TimeSpan.Zero;
            return recordBytes < SmallBytes ? Pause : TimeSpan.Zero;
        }

        if (_wait < longest) _wait *= 2;
        // A broker that has nothing to tell keeps the fetch. One that answers at once nevertheless, with errors or for no reason, must not be asked as fast as it answers.
        if (after >= _asked) _pause = TimeSpan.Zero;
        else _pause = _pause == TimeSpan.Zero ? Pause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return _pause;
    }
}
