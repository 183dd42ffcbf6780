using Bayou.Definitions;
using Bayou.PipelineFile;
using Bayou.Sinks;
using Bayou.Silo;
using Bayou.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Benchmarks.Pipelines;

/// <summary>Reads pipeline files against the product's sources and sinks.</summary>
internal static class PipelineFiles
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddConnectors().BuildServiceProvider();

    /// <summary>The kinds of source.</summary>
    public static IReadOnlyList<ISourceFactory> Sources { get; } = [.. Services.GetServices<ISourceFactory>()];

    /// <summary>The definition in a file.</summary>
    public static PipelineDefinition Load(string file) => PipelineFileReader.Load(file, [.. Services.GetServices<ISinkFactory>()], Sources, _ => null);
}
