using Bayou.Grains.Hosting;

namespace Bayou.Grains.Pipelines;

/// <summary>Takes a pipeline's tables from one version of the definition to the next. Every step may be repeated after a crash.</summary>
internal sealed class DefinitionTakeOver(SinkRegistry sinks, SourceRegistry sources)
{
    /// <summary>Brings all sinks to the new version; returns what the pipeline stores when that is done.</summary>
    public Task<Action<PipelineGrainState>> RunAsync(PipelineGrainState state, string pipeline, CancellationToken cancellationToken)
    {
        _ = (sinks, sources, state, pipeline, cancellationToken);
        throw new Bayou.Pipelines.PipelineException("Changing a definition that has run is not supported yet.");
    }
}
