namespace Orleans.Runtime;

/// <summary>The configuration is not valid.</summary>
[GenerateSerializer]
public sealed class OrleansConfigurationException : Exception
{
    /// <summary>An error.</summary>
    /// <param name="message">What is wrong.</param>
    public OrleansConfigurationException(string message) : base(message)
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">Why.</param>
    public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
