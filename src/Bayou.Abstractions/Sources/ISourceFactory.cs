using Bayou.Definitions;

namespace Bayou.Sources;

/// <summary>Opens sources of one kind.</summary>
public interface ISourceFactory
{
    /// <summary>The name in the pipeline file, for example <c>kafka</c>.</summary>
    string Kind { get; }

    /// <summary>What is wrong with these options, each as a sentence that names the option; empty when nothing is.</summary>
    IReadOnlyList<string> Validate(SourceDefinition definition);

    /// <summary>
    /// Connects. Fails within 10 s, with a message that names the address and the step, when the address, the credentials or a topic are wrong
    /// at the first attempt; a source that was once reached comes back by itself.
    /// </summary>
    Task<ISource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken);
}
