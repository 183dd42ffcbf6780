using Bayou.Sinks;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Grains.Hosting;

/// <summary>Adds sinks of one's own to a silo.</summary>
public static class SinkSiloBuilderExtensions
{
    /// <summary>
    /// Makes the kind of sink <paramref name="name"/> available to pipelines. Each table gets a <typeparamref name="TSink"/> of its own, whose public constructor takes a
    /// <see cref="SinkContext"/> and, where it wants them, services of the silo. A sink that is no <see cref="ITransactionalSink"/> has every row at least once.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name in the pipeline file.</param>
    /// <param name="options">The options that a pipeline file may give; the sink finds their values in its table's definition.</param>
    public static ISiloBuilder AddSink<TSink>(this ISiloBuilder builder, string name, params SinkOption[] options) where TSink : class, ISink
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.AddSingleton<ISinkFactory>(services => new RegisteredSinkFactory<TSink>(services, name, options));
        return builder;
    }
}
