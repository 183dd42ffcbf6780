namespace Bayou.Kafka.Fetching;

/// <summary>
/// When the next fetch of a broker is sent and how long the broker may keep it. A fetch that waits at the broker cannot be changed, so after a change of
/// what is read the waits begin short and grow while nothing comes.
/// </summary>
/// <param name="longest">The longest that a broker may keep a fetch.</param>
internal sealed class FetchPacing(TimeSpan longest)
{
    /// <summary>How long a fetch may be kept while some partition could not be asked for, or is to be asked for soon.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);

    /// <summary>The pause after a small response, so that records which trickle in are fetched some at a time. Well below the 5 ms within which a record is handed on.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private const int SmallBytes = 16 * 1024;
    private TimeSpan _wait = Short;

    /// <summary>What is read has changed.</summary>
    public void Changed() => _wait = Short;

    /// <summary>How long the next fetch may be kept; <paramref name="heldBack"/> when some partition is left out of it.</summary>
    public TimeSpan MaxWait(bool heldBack) => heldBack && _wait > Short ? Short : _wait < longest ? _wait : longest;

    /// <summary>A response came. Returns how long to wait before the next fetch.</summary>
    public TimeSpan Received(long recordBytes)
    {
        if (recordBytes == 0)
        {
            if (_wait < longest) _wait *= 2;
            return TimeSpan.Zero;
        }

        return recordBytes < SmallBytes ? Pause : TimeSpan.Zero;
    }
}
