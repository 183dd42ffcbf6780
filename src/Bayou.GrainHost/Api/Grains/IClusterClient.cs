namespace Orleans;

/// <summary>Calls grains from outside them.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The services of the host that the client belongs to.</summary>
    IServiceProvider ServiceProvider { get; }
}
