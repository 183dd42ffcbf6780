using Bayou.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Silo;

/// <summary>The sources and sinks of this build, in one place for silos and for whoever checks a pipeline file.</summary>
public static class ConnectorExtensions
{
    /// <summary>Registers every source and sink.</summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        services.AddKafkaSource();
        services.AddDeltaSink();
        services.AddPostgresSink();
        services.AddConsoleSink();
        services.AddMemorySink();
        return services;
    }
}
