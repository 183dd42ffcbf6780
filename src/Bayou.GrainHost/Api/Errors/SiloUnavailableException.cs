namespace Orleans.Runtime;

/// <summary>The silo is not there, or went away while it worked on the request, whose outcome is unknown then.</summary>
[GenerateSerializer]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>An error without a message.</summary>
    public SiloUnavailableException() : base("The silo is not available.")
    {
    }

    /// <summary>An error.</summary>
    /// <param name="msg">What happened.</param>
    public SiloUnavailableException(string msg) : base(msg)
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
