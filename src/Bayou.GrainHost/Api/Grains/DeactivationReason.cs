namespace Orleans;

/// <summary>Why an activation goes.</summary>
public readonly struct DeactivationReason
{
    /// <summary>A reason without an exception.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="text">What to tell.</param>
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, null, text)
    {
    }

    /// <summary>A reason.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="exception">What was thrown, if anything.</param>
    /// <param name="text">What to tell.</param>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>The kind.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>What to tell.</summary>
    public string Description { get; }

    /// <summary>What was thrown, if anything.</summary>
    public Exception? Exception { get; }

    /// <summary>Kind and description, for logs.</summary>
    public override string ToString() => Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description} ({Exception.Message})";
}
