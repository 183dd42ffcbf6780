using Bayou.Kafka.Connections;

namespace Bayou.Kafka.Protocol;

/// <summary>The broker that keeps a group's offsets.</summary>
/// <param name="Error">Why there is none, if so.</param>
/// <param name="Message">The broker's words for the error, if any.</param>
/// <param name="Id">Its node id; -1 when there is an error.</param>
/// <param name="Address">Where it says that it listens; meaningless when there is an error.</param>
internal sealed record FindCoordinatorResponse(BrokerError Error, string? Message, int Id, HostPort Address);
