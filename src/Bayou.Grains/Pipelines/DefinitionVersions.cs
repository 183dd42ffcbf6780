using System.Text.Json;
using Bayou.Definitions;
using Bayou.Pipelines;

namespace Bayou.Grains.Pipelines;

/// <summary>What a definition means for a pipeline that has one already.</summary>
internal static class DefinitionVersions
{
    /// <summary>The change to the pipeline's state: none for the definition in force, another sink option or commit policy in place, or a new version to be taken over.</summary>
    /// <exception cref="PipelineException">The definition cannot follow the one in force.</exception>
    public static Action<PipelineGrainState> Next(PipelineGrainState current, PipelineDefinition definition, string fingerprint)
    {
        if (current.TakingOverTo != 0)
        {
            // What is no part of a version, such as what to do about lost records, may change on the way.
            if (DefinitionFingerprint.Compute(current.Definitions[current.TakingOverTo]) == fingerprint) return next => next.Definitions[next.TakingOverTo] = definition;
            throw new PipelineException(
                $"Pipeline {definition.Name} is being taken over from version {current.Version} of its definition to version {current.TakingOverTo}, and this file is neither the one nor can it follow before that is done. Start it with the file of version {current.TakingOverTo} first.");
        }

        var inForce = current.Definitions[current.Version];
        if (DefinitionComparer.Check(inForce, definition).Refusals is { Count: > 0 } reasons)
            throw new PipelineException($"Pipeline {definition.Name} keeps version {current.Version} of its definition; the file given cannot follow it: {string.Join(" ", reasons)}");

        if (DefinitionFingerprint.Compute(inForce) != fingerprint)
            return next =>
            {
                next.TakingOverTo = next.Version + 1;
                next.Definitions[next.TakingOverTo] = definition;
                next.Revision++;
            };

        if (JsonSerializer.Serialize(inForce) == JsonSerializer.Serialize(definition)) return _ => { };
        return next =>
        {
            next.Definitions[next.Version] = definition;
            next.Revision++;
        };
    }
}
