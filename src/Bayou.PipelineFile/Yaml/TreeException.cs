namespace Bayou.PipelineFile.Yaml;

/// <summary>The file cannot be read any further. Never leaves <see cref="FileTree"/>.</summary>
internal sealed class TreeException(int line, int column, string message) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
