using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer runs, and what it may interleave with.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>Sets the times.</summary>
    /// <param name="dueTime">The time until the first callback.</param>
    /// <param name="period">The time from the end of one callback to the next.</param>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>The time until the first callback; infinite: not before it is changed.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>The time from the end of one callback to the next; infinite: one callback only.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks may run while other requests of the activation await something. Default: they wait like a request.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether callbacks keep the activation from being collected for being idle. Default: they do not.</summary>
    public bool KeepAlive { get; init; }
}
