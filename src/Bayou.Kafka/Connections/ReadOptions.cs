namespace Bayou.Kafka.Connections;

/// <summary>What became of a source's options.</summary>
/// <param name="Options">What they mean; null when there are mistakes.</param>
/// <param name="Mistakes">What is wrong, in sentences that show no secret.</param>
/// <param name="WithoutEffect">Names of options that librdkafka knows and that change nothing here.</param>
internal sealed record ReadOptions(ClientOptions? Options, IReadOnlyList<string> Mistakes, IReadOnlyList<string> WithoutEffect);
