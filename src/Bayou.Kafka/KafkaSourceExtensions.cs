using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka;

/// <summary>Registers Kafka as a source.</summary>
public static class KafkaSourceExtensions
{
    /// <summary>Lets pipelines read sources of kind <c>kafka</c>. librdkafka is looked for only when a source is opened that it reads. Harmless when repeated.</summary>
    public static IServiceCollection AddKafkaSource(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceFactory, KafkaSourceFactory>(
            provider => new KafkaSourceFactory(BufferPool.Shared, provider.GetRequiredService<ILogger<KafkaSource>>())));
        return services;
    }
}
