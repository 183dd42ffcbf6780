namespace Orleans.Serialization;

/// <summary>Something could not be written or read.</summary>
[GenerateSerializer]
public class SerializerException : Exception
{
    /// <summary>An error without a message.</summary>
    public SerializerException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    public SerializerException(string message) : base(message)
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public SerializerException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
