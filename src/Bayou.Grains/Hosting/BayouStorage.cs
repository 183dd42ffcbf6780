namespace Bayou.Grains.Hosting;

/// <summary>The grain storage that a silo with pipelines has to register.</summary>
public static class BayouStorage
{
    /// <summary>Its name.</summary>
    public const string Name = "bayou";
}
