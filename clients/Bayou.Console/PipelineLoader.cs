using Bayou.Definitions;

namespace Bayou.Console;

/// <summary>Reads pipeline files for commands; every error names file and line.</summary>
public static class PipelineLoader
{
    /// <summary>The definition in <paramref name="file"/>.</summary>
    /// <exception cref="CommandFailedException">The file cannot be read or is wrong; all errors are in the message, a line each.</exception>
    public static PipelineDefinition Load(Terminal terminal, string file)
    {
        var path = terminal.FullPath(file);
        if (!File.Exists(path))
            throw new CommandFailedException($"there is no file {path}");

        throw new CommandFailedException($"{path}: pipeline files cannot be read by this build");
    }
}
