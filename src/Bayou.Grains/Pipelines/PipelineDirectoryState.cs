namespace Bayou.Grains.Pipelines;

/// <summary>The names of all pipelines.</summary>
[GenerateSerializer, Alias("bayou.PipelineDirectoryState")]
public sealed class PipelineDirectoryState
{
    /// <summary>The names.</summary>
    [Id(0)] public HashSet<string> Names { get; set; } = [];
}
