using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle : IDisposable, IAsyncDisposable
{
    /// <summary>The silo's name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Which silo of the cluster it is, from 0.</summary>
    public short InstanceNumber { get; set; }

    /// <summary>The silo's address.</summary>
    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>The gateway's address.</summary>
    public SiloAddress GatewayAddress { get; set; } = null!;

    /// <summary>Whether it runs.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops the silo.</summary>
    /// <param name="stopGracefully">Whether grains are deactivated; else it ends as in a crash.</param>
    public abstract Task StopSiloAsync(bool stopGracefully);

    /// <summary>Stops the silo.</summary>
    /// <param name="ct">When cancelled, it ends as in a crash.</param>
    public abstract Task StopSiloAsync(CancellationToken ct);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The silo's name and address, for logs.</summary>
    public override string ToString() => $"{Name} {SiloAddress}";

    /// <summary>Stops the silo if it runs.</summary>
    /// <param name="disposing">Whether it is disposed rather than finalized.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
