using Bayou.Sinks.Postgres;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the PostgreSQL sink.</summary>
public static class PostgresSinkExtensions
{
    /// <summary>Makes the kind of sink <c>postgres</c> available to pipelines.</summary>
    public static IServiceCollection AddPostgresSink(this IServiceCollection services) =>
        services.AddSingleton<Bayou.Sinks.ISinkFactory, PostgresSinkFactory>();
}
