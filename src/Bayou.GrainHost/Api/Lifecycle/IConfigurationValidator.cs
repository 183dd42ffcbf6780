namespace Orleans;

/// <summary>Checks configuration before the silo starts.</summary>
public interface IConfigurationValidator
{
    /// <summary>Throws when the configuration is not valid.</summary>
    /// <exception cref="Runtime.OrleansConfigurationException">What is wrong.</exception>
    void ValidateConfiguration();
}
