using System.Collections.Concurrent;
using Bayou.Definitions;
using Bayou.Sinks;

namespace Bayou.Benchmarks.Pipelines.Sinks;

/// <summary>Makes sinks that forget rows and remember cursors, for as long as the process lives.</summary>
internal sealed class DiscardSinkFactory : ISinkFactory
{
    /// <summary>The kind.</summary>
    public const string Name = "discard";

    private readonly ConcurrentDictionary<(string, string), DiscardedTable> _tables = new();

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table) => [];

    /// <inheritdoc/>
    public ISink Create(SinkContext context) => new DiscardSink(_tables.GetOrAdd((context.Pipeline, $"{context.Table.Name}/{context.Owner}"), _ => new DiscardedTable()));
}
