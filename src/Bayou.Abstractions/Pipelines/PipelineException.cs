namespace Bayou.Pipelines;

/// <summary>A pipeline refuses what it was asked. The message says what, why, and what to do.</summary>
[GenerateSerializer, Alias("bayou.PipelineException")]
public sealed class PipelineException : Exception
{
    /// <summary>A refusal.</summary>
    public PipelineException(string message, Exception? inner = null) : base(message, inner) { }
}
