namespace Bayou.Benchmarks.Pipelines;

/// <summary>What the process that runs a pipeline is told, as the first line of its standard input.</summary>
internal sealed record PipelineJob
{
    /// <summary>The pipeline file.</summary>
    public required string File { get; init; }

    /// <summary>The state directory of the silo, which does not exist yet.</summary>
    public required string State { get; init; }

    /// <summary>Kind of all sinks: <c>delta</c> as in the file, or <see cref="Sinks.DiscardSinkFactory.Name"/>.</summary>
    public string Sink { get; init; } = "delta";

    /// <summary>Which client reads Kafka: <c>managed</c> or <c>librdkafka</c>.</summary>
    public string Client { get; init; } = "managed";

    /// <summary>The tables' <c>commit.every</c>; null for the file's.</summary>
    public TimeSpan? CommitEvery { get; init; }

    /// <summary>A table that is told apart from the others in the result; null for none.</summary>
    public string? Apart { get; init; }

    /// <summary>True to hold the commits of <see cref="Apart"/> until the other tables are done.</summary>
    public bool Freeze { get; init; }

    /// <summary>Bytes of slices that all tables may hold together; null for the silo's default.</summary>
    public long? SliceMemoryBytes { get; init; }

    /// <summary>A pipeline file that the same silo runs to its end before it is measured; null for a silo that has just started.</summary>
    public string? WarmUp { get; init; }

    /// <summary>True to run to the end that the topic has now, false to go on until told.</summary>
    public bool Bounded { get; init; } = true;
}
