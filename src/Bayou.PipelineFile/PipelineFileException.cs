namespace Bayou.PipelineFile;

/// <summary>A pipeline file cannot be used. Its message is one line for each problem.</summary>
public sealed class PipelineFileException : Exception
{
    /// <summary>A file with the given problems; at least one.</summary>
    public PipelineFileException(IReadOnlyList<PipelineFileProblem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>Everything that was found, in file order, each once.</summary>
    public IReadOnlyList<PipelineFileProblem> Problems { get; }
}
