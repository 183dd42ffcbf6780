using Bayou.Definitions;

namespace Bayou.Verification.Rules;

/// <summary>A version of a pipeline's definition, and from which offset on it is in force.</summary>
/// <param name="Version">The version, from 1.</param>
/// <param name="Definition">The definition.</param>
/// <param name="Floors">
/// First offset under this version, by <c>topic/partition</c>; a partition that is missing was found under this version or a later one. Null when it was not
/// kept. Of no meaning for version 1, which begins where the pipeline does.
/// </param>
public sealed record RuleVersion(int Version, PipelineDefinition Definition, IReadOnlyDictionary<string, long>? Floors)
{
    /// <summary>First offset of a partition under this version; null when that is not known.</summary>
    public long? FloorOf(string partition) => Version == 1 ? 0 : Floors is null ? null : Floors.GetValueOrDefault(partition);
}
