namespace Bayou.Kafka.Protocol;

/// <summary>A cluster as one of its brokers sees it.</summary>
/// <param name="ClusterId">The same at all brokers of a cluster; null when not told.</param>
/// <param name="Brokers">The brokers that are up.</param>
/// <param name="Topics">One for each topic asked for, those with errors included.</param>
internal sealed record MetadataResponse(string? ClusterId, IReadOnlyList<MetadataBroker> Brokers, IReadOnlyList<TopicMetadata> Topics);
