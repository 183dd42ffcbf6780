using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Tests.PipelineFile;

/// <summary>A source that can be described but not opened.</summary>
internal sealed class StandInSourceFactory(string kind) : ISourceFactory
{
    public string Kind => kind;

    public IReadOnlyList<string> Validate(SourceDefinition definition) =>
        definition.Options.ContainsKey("group.protocol") ? ["'group.protocol' is not used: partitions are assigned by Bayou."] : [];

    public Task<ISource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A stand-in has no source.");
}
