using Bayou.Sinks.Memory;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the memory sink.</summary>
public static class MemorySinkExtensions
{
    /// <summary>Makes the kind of sink <c>memory</c> available to pipelines.</summary>
    public static IServiceCollection AddMemorySink(this IServiceCollection services) =>
        services.AddSingleton<Bayou.Sinks.ISinkFactory, MemorySinkFactory>(provider => new MemorySinkFactory(provider));
}
