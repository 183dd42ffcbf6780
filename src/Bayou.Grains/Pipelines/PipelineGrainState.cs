using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Grains.Pipelines;

/// <summary>What a pipeline keeps. Cursors are not among it: those are in the sinks.</summary>
[GenerateSerializer, Alias("bayou.PipelineGrainState")]
public sealed class PipelineGrainState
{
    /// <summary>The definitions by version; old ones are kept.</summary>
    [Id(0)] public Dictionary<int, PipelineDefinition> Definitions { get; set; } = [];

    /// <summary>The version in force; 0 when there is none.</summary>
    [Id(1)] public int Version { get; set; }

    /// <summary>The version that is being taken over to; 0 when none is.</summary>
    [Id(2)] public int TakingOverTo { get; set; }

    /// <summary>Counts every change of the stored definition, also those that are no new version.</summary>
    [Id(3)] public int Revision { get; set; }

    /// <summary>True while the pipeline should run, be it paused.</summary>
    [Id(4)] public bool ShouldRun { get; set; }

    /// <summary>True when an operator has paused all of it.</summary>
    [Id(5)] public bool Paused { get; set; }

    /// <summary>Tables that an operator has paused.</summary>
    [Id(6)] public HashSet<string> PausedTables { get; set; } = [];

    /// <summary>Tables that have committed to their sink.</summary>
    [Id(7)] public HashSet<string> InitializedTables { get; set; } = [];

    /// <summary>The partitions that were found, by <c>topic/partition</c>.</summary>
    [Id(8)] public Dictionary<string, PartitionStart> Partitions { get; set; } = [];

    /// <summary>The source behind each topic.</summary>
    [Id(9)] public List<SourceIdentity> Sources { get; set; } = [];

    /// <summary>For tables that start elsewhere than the others: their starts, by table and then by <c>topic/partition</c>.</summary>
    [Id(10)] public Dictionary<string, Dictionary<string, long>> TableStarts { get; set; } = [];

    /// <summary>
    /// For each version that took over from another, the first offset under it by <c>topic/partition</c>. Nothing needs it to run: it says afterwards which rules a record
    /// was under.
    /// </summary>
    [Id(11)] public Dictionary<int, Dictionary<string, long>> Floors { get; set; } = [];
}
