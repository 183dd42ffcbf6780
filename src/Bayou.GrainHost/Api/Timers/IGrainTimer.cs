namespace Orleans.Runtime;

/// <summary>A timer of an activation. Disposing stops it and cancels the token of a callback in progress.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets new times. During a callback they take effect when it ends.</summary>
    /// <param name="dueTime">The time until the next callback; infinite: none.</param>
    /// <param name="period">The time from the end of one callback to the next; infinite: one callback only.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative (and not infinite), or longer than about 49 days.</exception>
    void Change(TimeSpan dueTime, TimeSpan period);
}
