namespace Bayou.Definitions;

/// <summary>Where events come from.</summary>
[GenerateSerializer, Immutable, Alias("bayou.SourceDefinition")]
public sealed record SourceDefinition
{
    /// <summary>The registered kind of source, for example <c>kafka</c>.</summary>
    [Id(0)] public required string Kind { get; init; }

    /// <summary>The topics to read, by name, each once.</summary>
    [Id(1)] public required string[] Topics { get; init; }

    /// <summary>The client's properties under their own names (for Kafka: librdkafka's, such as <c>bootstrap.servers</c>). Secrets among them: print only through <see cref="Redaction"/>.</summary>
    [Id(2)] public required Dictionary<string, string> Options { get; init; }

    /// <summary>Where reading starts when nothing has been committed yet.</summary>
    [Id(3)] public StartPosition Start { get; init; } = new();

    /// <summary>True for a bounded run: reading ends at the end that each partition had when the run began.</summary>
    [Id(4)] public bool EndAtLatest { get; init; }

    /// <summary>What happens when unread records are gone.</summary>
    [Id(5)] public DataLossPolicy OnDataLoss { get; init; }
}
