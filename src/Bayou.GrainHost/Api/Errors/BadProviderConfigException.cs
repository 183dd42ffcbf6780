using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A storage is not configured.</summary>
[GenerateSerializer]
public sealed class BadProviderConfigException : OrleansException
{
    /// <summary>An error without a message.</summary>
    public BadProviderConfigException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="msg">What is wrong.</param>
    public BadProviderConfigException(string msg) : base(msg)
    {
    }

    /// <summary>An error.</summary>
    /// <param name="msg">What is wrong.</param>
    /// <param name="exc">Why.</param>
    public BadProviderConfigException(string msg, Exception exc) : base(msg, exc)
    {
    }
}
