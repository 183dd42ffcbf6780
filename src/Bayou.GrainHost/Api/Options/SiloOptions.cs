namespace Orleans.Configuration;

/// <summary>What a silo is called.</summary>
public class SiloOptions
{
    /// <summary>The silo's name. Default: Silo_ and five random characters.</summary>
    public string SiloName { get; set; } = $"Silo_{Guid.NewGuid().ToString("N")[..5]}";
}
