using Bayou.Silos;

namespace Bayou.Console.Connections;

/// <summary>Connects to silos.</summary>
public interface ISiloConnector
{
    /// <summary>Connects; fails within 10 s with <see cref="CommandFailedException"/> when the silo does not answer.</summary>
    Task<ISiloConnection> ConnectAsync(SiloRecord silo, CancellationToken cancellationToken);
}
