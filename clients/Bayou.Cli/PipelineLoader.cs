using Bayou.Console;
using Bayou.Definitions;
using Bayou.PipelineFile;

namespace Bayou.Cli;

/// <summary>Reads pipeline files against the sources and sinks that this program has.</summary>
internal sealed class PipelineLoader(Connectors connectors, Func<string, string?> environment) : IPipelineLoader
{
    /// <inheritdoc/>
    public PipelineDefinition Load(string path)
    {
        try
        {
            return PipelineFileReader.Load(path, connectors.Sinks, connectors.Sources, environment);
        }
        catch (PipelineFileException error)
        {
            throw new CommandFailedException($"{error.Problems.Count} problem{(error.Problems.Count == 1 ? "" : "s")} in the pipeline file\n{error.Message}", error);
        }
    }
}
