using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sinks.Delta;

namespace Bayou.Benchmarks.Pipelines.Sinks;

/// <summary>Makes Delta's sinks; that of one table is frozen until a gate opens.</summary>
/// <param name="frozen">The table; null for none.</param>
/// <param name="gate">The gate.</param>
internal sealed class GatedDeltaSinkFactory(string? frozen, Gate gate) : ISinkFactory
{
    private readonly DeltaSinkFactory _delta = new();

    /// <inheritdoc/>
    public string Kind => _delta.Kind;

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options => _delta.Options;

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table) => _delta.Validate(table);

    /// <inheritdoc/>
    public ISink Create(SinkContext context)
    {
        var sink = _delta.Create(context);
        return context.Table.Name == frozen ? new GatedSink((ITransactionalSink)sink, gate) : sink;
    }
}
