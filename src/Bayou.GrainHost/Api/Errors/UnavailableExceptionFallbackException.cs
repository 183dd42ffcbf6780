namespace Orleans.Serialization;

/// <summary>Stands for an exception whose own type did not cross the call.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    /// <summary>An error without a message.</summary>
    public UnavailableExceptionFallbackException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">The original's message.</param>
    /// <param name="innerException">The original's cause.</param>
    public UnavailableExceptionFallbackException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>The original's type.</summary>
    public string? ExceptionType { get; internal set; }

    /// <summary>The error with the original's type, for logs.</summary>
    public override string ToString() => $"{ExceptionType}: {base.ToString()}";
}
