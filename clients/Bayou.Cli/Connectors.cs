using Bayou.Silo;
using Bayou.Sinks;
using Bayou.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Cli;

/// <summary>The sources and sinks that pipeline files can name. They open nothing until they are asked to.</summary>
internal sealed class Connectors
{
    public Connectors()
    {
        var services = new ServiceCollection().AddLogging().AddConnectors().BuildServiceProvider();
        Sources = [.. services.GetServices<ISourceFactory>()];
        Sinks = [.. services.GetServices<ISinkFactory>()];
    }

    /// <summary>The kinds of source.</summary>
    public IReadOnlyList<ISourceFactory> Sources { get; init; }

    /// <summary>The kinds of sink.</summary>
    public IReadOnlyList<ISinkFactory> Sinks { get; }
}
