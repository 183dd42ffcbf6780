using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile;

/// <summary>Collects problems while a file is read, so that one reading reports all of them.</summary>
internal sealed class ProblemList(string file)
{
    // A node behind an alias is read once for each use; the set keeps its problems from being told as often.
    private readonly HashSet<PipelineFileProblem> _problems = [];

    public int Count => _problems.Count;

    public void Add(FileNode node, string message) => Add(node.Line, node.Column, message);

    public void Add(int line, int column, string message) =>
        _problems.Add(new PipelineFileProblem(file, line, column, message));

    /// <summary>Throws when anything was found, in file order.</summary>
    public void ThrowIfAny()
    {
        if (_problems.Count == 0) return;
        throw new PipelineFileException([.. _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.Message, StringComparer.Ordinal)]);
    }
}
