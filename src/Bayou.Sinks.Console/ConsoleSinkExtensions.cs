using Bayou.Sinks.Console;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the console sink.</summary>
public static class ConsoleSinkExtensions
{
    /// <summary>Makes the kind of sink <c>console</c> available to pipelines.</summary>
    public static IServiceCollection AddConsoleSink(this IServiceCollection services) =>
        services.AddSingleton<Bayou.Sinks.ISinkFactory, ConsoleSinkFactory>();
}
