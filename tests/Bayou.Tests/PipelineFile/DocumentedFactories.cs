using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Tests.PipelineFile;

/// <summary>The sinks and sources that the committed schema and docs/configuration.md describe.</summary>
internal static class DocumentedFactories
{
    public static readonly IReadOnlyList<ISinkFactory> Sinks = [StandInSinkFactory.Delta];

    public static readonly IReadOnlyList<ISourceFactory> Sources = [new StandInSourceFactory("kafka")];
}
