namespace Orleans.Providers;

/// <summary>Names of providers.</summary>
public static class ProviderConstants
{
    /// <summary>The storage that a state without a storage name goes to.</summary>
    public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
}
