using Bayou.Grains.Pipelines;
using Bayou.Grains.Routing;
using Bayou.Grains.Tables;
using Bayou.Sinks;
using Bayou.Slices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Bayou.Grains.Hosting;

/// <summary>Adds pipelines to a silo.</summary>
public static class BayouSiloBuilderExtensions
{
    /// <summary>
    /// Makes the silo host pipelines. It also needs a grain storage named <see cref="BayouStorage.Name"/>, and the sources and sinks that pipelines may use
    /// (<c>AddKafkaSource</c>, <c>AddDeltaSink</c>, ...).
    /// </summary>
    /// <exception cref="OptionsValidationException">An option is wrong.</exception>
    public static ISiloBuilder AddBayou(this ISiloBuilder builder, Action<BayouOptions>? configure = null)
    {
        var options = new BayouOptions();
        configure?.Invoke(options);
        var validated = new BayouOptionsValidator().Validate(null, options);
        if (validated.Failed) throw new OptionsValidationException(BayouOptions.Section, typeof(BayouOptions), validated.Failures);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(BufferPool.Shared);
        builder.Services.TryAddSingleton(Random.Shared);
        builder.Services.TryAddSingleton<IWorkExecutor, WorkExecutor>();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<SinkRegistry>();
        builder.Services.AddSingleton<SourceRegistry>();
        builder.Services.AddSingleton<SliceBudget>();
        builder.Services.AddSingleton<RoutingPlans>();
        builder.Services.AddSingleton<TableReplay>();
        builder.Services.AddSingleton<DefinitionTakeOver>();
        builder.Services.AddSingleton<IHostedService, PipelineService>();
        return builder;
    }
}
