namespace Orleans;

/// <summary>How long a caller of this method waits for its answer.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>Parses the time-out.</summary>
    /// <param name="timeout">A <see cref="TimeSpan"/> such as "00:00:05", culture-invariant.</param>
    public ResponseTimeoutAttribute(string timeout) =>
        Timeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The time-out.</summary>
    public TimeSpan? Timeout { get; init; }
}
