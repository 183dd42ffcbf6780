using Bayou.Definitions;
using Bayou.Pipelines;
using Bayou.Sinks;

namespace Bayou.Grains.Hosting;

/// <summary>The kinds of sink that the silo has.</summary>
internal sealed class SinkRegistry(IEnumerable<ISinkFactory> factories, IWorkExecutor executor, TimeProvider time)
{
    private readonly Dictionary<string, ISinkFactory> _factories = factories.ToDictionary(factory => factory.Kind);

    /// <summary>A sink, not open yet, that holds the cursors of <paramref name="owner"/>.</summary>
    /// <exception cref="PipelineException">The kind is not registered, or it cannot store cursors.</exception>
    public ITransactionalSink Create(string pipeline, string owner, TableDefinition table)
    {
        if (!_factories.TryGetValue(table.Sink.Kind, out var factory))
            throw new PipelineException($"Table {owner} wants a sink of kind '{table.Sink.Kind}', which this silo does not have; it has {string.Join(", ", _factories.Keys.Order())}.");
        var sink = factory.Create(new SinkContext { Pipeline = pipeline, Owner = owner, Table = table, Executor = executor, Time = time });
        return sink as ITransactionalSink
            ?? throw new PipelineException($"Table {owner} wants a sink of kind '{table.Sink.Kind}', which does not store cursors with its rows; pipelines take only sinks that do.");
    }
}
