namespace Bayou.PipelineFile.Yaml;

/// <summary>A value in the file, with its place. Aliases point to the node that they name.</summary>
internal abstract class FileNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Nodes below and including this one, counting those behind an alias once for each use.</summary>
    public long Weight { get; protected set; } = 1;

    /// <summary>Levels below and including this one.</summary>
    public int Height { get; protected set; } = 1;

    /// <summary>What this is, for messages.</summary>
    public abstract string Describe();

    protected void Contain(FileNode child)
    {
        Weight += child.Weight;
        Height = Math.Max(Height, child.Height + 1);
    }
}
