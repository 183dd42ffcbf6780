using Bayou.Definitions;

namespace Bayou.Sinks;

/// <summary>Makes sinks of one kind.</summary>
public interface ISinkFactory
{
    /// <summary>The name in the pipeline file, for example <c>delta</c>.</summary>
    string Kind { get; }

    /// <summary>The options it takes.</summary>
    IReadOnlyList<SinkOption> Options { get; }

    /// <summary>What is wrong with this table's options or columns, each as a sentence that names the option; empty when nothing is.</summary>
    IReadOnlyList<string> Validate(TableDefinition table);

    /// <summary>A sink that is not open yet.</summary>
    ISink Create(SinkContext context);
}
