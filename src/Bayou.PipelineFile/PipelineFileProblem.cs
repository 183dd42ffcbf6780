namespace Bayou.PipelineFile;

/// <summary>One thing that is wrong with a pipeline file, and where.</summary>
/// <param name="File">The file as its path was given.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Message">What is wrong; then what is allowed. Values that came from the environment are shown as they stand in the file.</param>
public sealed record PipelineFileProblem(string File, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, a form that terminals and editors turn into a link.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
