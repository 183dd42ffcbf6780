using Bayou.Definitions;

namespace Bayou.Console;

/// <summary>Reads pipeline files for commands.</summary>
public interface IPipelineLoader
{
    /// <summary>The definition in the file at an absolute path.</summary>
    /// <exception cref="CommandFailedException">The file cannot be read or is wrong; the message has a line for each problem, with file and line.</exception>
    PipelineDefinition Load(string path);
}
