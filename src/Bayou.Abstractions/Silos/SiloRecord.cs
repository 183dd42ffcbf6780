namespace Bayou.Silos;

/// <summary>What a running silo says about itself in <c>silo.json</c> of its state directory, for people and for clients.</summary>
public sealed record SiloRecord
{
    /// <summary>Process id.</summary>
    public required int Pid { get; init; }

    /// <summary>The command as it was typed, without secrets.</summary>
    public required string Command { get; init; }

    /// <summary>When the process took the state directory.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>TCP port between silos.</summary>
    public required int SiloPort { get; init; }

    /// <summary>TCP port for clients, on the loopback address.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>The cluster's id, which a client has to name.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The service's id, which a client has to name.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Pipelines that this process was started for; a silo started without one can run others.</summary>
    public string[] Pipelines { get; init; } = [];
}
