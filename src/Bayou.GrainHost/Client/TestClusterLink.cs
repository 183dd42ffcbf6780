namespace Bayou.GrainHost;

/// <summary>Ties a client to a silo in the same process.</summary>
/// <param name="CurrentSilo">The silo that runs; null when none does.</param>
internal sealed record TestClusterLink(Func<SiloRuntime?> CurrentSilo);
