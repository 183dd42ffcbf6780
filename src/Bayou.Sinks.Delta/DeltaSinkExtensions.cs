using Bayou.Sinks.Delta;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the Delta sink.</summary>
public static class DeltaSinkExtensions
{
    /// <summary>Makes the kind of sink <c>delta</c> available to pipelines.</summary>
    public static IServiceCollection AddDeltaSink(this IServiceCollection services) =>
        services.AddSingleton<Bayou.Sinks.ISinkFactory, DeltaSinkFactory>();
}
