using Bayou.Definitions;
using Bayou.Sinks;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Grains.Hosting;

/// <summary>Makes sinks of a class that was registered by itself, from its <see cref="SinkContext"/> and the silo's services.</summary>
internal sealed class RegisteredSinkFactory<TSink>(IServiceProvider services, string name, IReadOnlyList<SinkOption> options) : ISinkFactory where TSink : class, ISink
{
    /// <inheritdoc/>
    public string Kind => name;

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options => options;

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table) =>
        [.. options.Where(option => option.Required && !table.Sink.Options.ContainsKey(option.Name)).Select(option => $"{option.Name} must be given: {option.Description}")];

    /// <inheritdoc/>
    public ISink Create(SinkContext context) => ActivatorUtilities.CreateInstance<TSink>(services, context);
}
