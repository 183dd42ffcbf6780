using Bayou.Console;
using Bayou.Definitions;

namespace Bayou.Cli;

/// <summary>Reads pipeline files against the sources and sinks that this program has.</summary>
internal sealed class PipelineLoader(Func<string, string?> environment) : IPipelineLoader
{
    /// <inheritdoc/>
    public PipelineDefinition Load(string path)
    {
        _ = environment;
        throw new CommandFailedException($"{path}: pipeline files cannot be read by this build");
    }
}
