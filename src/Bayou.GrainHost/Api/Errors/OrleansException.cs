namespace Orleans.Runtime;

/// <summary>An error of the host.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    /// <summary>An error without a message.</summary>
    public OrleansException() : base("Unexpected error.")
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    public OrleansException(string message) : base(message)
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public OrleansException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
