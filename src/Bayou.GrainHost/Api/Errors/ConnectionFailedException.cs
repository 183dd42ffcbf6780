namespace Orleans.Runtime.Messaging;

/// <summary>A connection could not be made.</summary>
[GenerateSerializer]
public class ConnectionFailedException : OrleansException
{
    /// <summary>An error without a message.</summary>
    public ConnectionFailedException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    public ConnectionFailedException(string message) : base(message)
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public ConnectionFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
