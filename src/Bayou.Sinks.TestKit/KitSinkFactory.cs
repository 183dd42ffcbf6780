using Bayou.Definitions;

namespace Bayou.Sinks.TestKit;

/// <summary>The factory of a sink that is registered by its class alone (<c>AddSink</c>).</summary>
public sealed class KitSinkFactory(string kind, Func<SinkContext, ISink> create, params SinkOption[] options) : ISinkFactory
{
    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options => options;

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table) => [];

    /// <inheritdoc/>
    public ISink Create(SinkContext context) => create(context);
}
