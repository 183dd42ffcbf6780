using Bayou.Definitions;
using Bayou.Grains.Tables;
using Bayou.Pipelines;
using Bayou.Sinks;

namespace Bayou.Grains.Hosting;

/// <summary>The kinds of sink that the silo has.</summary>
internal sealed class SinkRegistry(IEnumerable<ISinkFactory> factories, IWorkExecutor executor, TimeProvider time, IGrainFactory grains)
{
    private readonly Dictionary<string, ISinkFactory> _factories = factories.ToDictionary(factory => factory.Kind);

    /// <summary>A sink, not open yet, that holds the cursors of <paramref name="owner"/>; for one that stores none, a grain keeps them.</summary>
    /// <exception cref="PipelineException">The kind is not registered.</exception>
    public ITransactionalSink Create(string pipeline, string owner, TableDefinition table)
    {
        if (!_factories.TryGetValue(table.Sink.Kind, out var factory))
            throw new PipelineException($"Table {owner} wants a sink of kind '{table.Sink.Kind}', which this silo does not have; it has {string.Join(", ", _factories.Keys.Order())}.");
        var sink = factory.Create(new SinkContext { Pipeline = pipeline, Owner = owner, Table = table, Executor = executor, Time = time });
        if (sink is ITransactionalSink transactional) return transactional;
        var place = GrainKeys.SinkCursors(pipeline, owner, table.Name);
        return new AtLeastOnceSink(sink, grains.GetGrain<ISinkCursorGrain>(place), place);
    }
}
