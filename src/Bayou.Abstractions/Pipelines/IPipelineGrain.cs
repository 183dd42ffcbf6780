using Bayou.Definitions;
using Bayou.Status;

namespace Bayou.Pipelines;

/// <summary>
/// A pipeline: its definition and versions, whether it runs, its partitions, its status. Key: the pipeline's name. Every call may be repeated.
/// </summary>
[Alias("bayou.IPipelineGrain")]
public interface IPipelineGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores the definition and that the pipeline runs, then starts it. The same definition again changes nothing; another one becomes a new version,
    /// taken over by the tables before reading goes on. A paused pipeline stays paused. When it returns, the decision is durable; reading goes on by itself.
    /// </summary>
    /// <exception cref="PipelineException">The definition cannot follow the one in force, or the source refuses; nothing was changed.</exception>
    [Alias("StartAsync"), ResponseTimeout("00:01:00")]
    Task<StartResult> StartAsync(PipelineDefinition definition);

    /// <summary>The status now. Changes nothing.</summary>
    [Alias("GetStatusAsync"), Orleans.Concurrency.AlwaysInterleave]
    Task<PipelineStatus> GetStatusAsync();

    /// <summary>Pauses the pipeline, or one table of it; stored when it returns, and survives a restart.</summary>
    /// <exception cref="PipelineException">There is no such pipeline or table.</exception>
    [Alias("PauseAsync")]
    Task PauseAsync(string? table);

    /// <summary>Resumes the pipeline, or one table of it; stored when it returns.</summary>
    /// <exception cref="PipelineException">There is no such pipeline or table.</exception>
    [Alias("ResumeAsync")]
    Task ResumeAsync(string? table);

    /// <summary>
    /// Stops the pipeline: what was accepted is committed, then everything of it is deactivated. Returns when the decision is stored; draining goes on, and
    /// status says <see cref="PipelineState.Stopped"/> at its end. It is not revived after a restart.
    /// </summary>
    [Alias("StopAsync")]
    Task StopAsync();

    /// <summary>
    /// Commits what was accepted and stops reading, because the silo goes down; returns when it is durable. The pipeline is revived when a silo starts.
    /// </summary>
    [Alias("DrainAsync"), ResponseTimeout("00:05:00")]
    Task DrainAsync();

    /// <summary>Makes sure that all grains of a pipeline that should run are active. Called by every silo, now and then.</summary>
    [Alias("ReviveAsync")]
    Task ReviveAsync();

    /// <summary>The definition of a version that is kept; null when it is not.</summary>
    [Alias("GetDefinitionAsync"), Orleans.Concurrency.AlwaysInterleave]
    Task<PipelineDefinition?> GetDefinitionAsync(int version);
}
