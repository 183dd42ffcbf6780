using Bayou.Kafka.Connections;

namespace Bayou.Kafka.Protocol;

/// <summary>A broker of a cluster.</summary>
/// <param name="Id">Its node id.</param>
/// <param name="Address">Where it says that it listens.</param>
/// <param name="Rack">Where it stands; null when not told.</param>
internal readonly record struct MetadataBroker(int Id, HostPort Address, string? Rack);
