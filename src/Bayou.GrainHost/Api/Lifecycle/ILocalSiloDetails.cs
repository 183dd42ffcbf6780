namespace Orleans.Runtime;

/// <summary>What the silo is called and where it is.</summary>
public interface ILocalSiloDetails
{
    /// <summary>The silo's name.</summary>
    string Name { get; }

    /// <summary>The cluster that the silo belongs to.</summary>
    string ClusterId { get; }

    /// <summary>The machine's name.</summary>
    string DnsHostName { get; }

    /// <summary>The silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>The gateway's address; port 0 when there is no gateway.</summary>
    SiloAddress GatewayAddress { get; }
}
