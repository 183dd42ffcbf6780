using Bayou.Grains.Hosting;
using Bayou.Kafka;
using Bayou.PipelineFile;
using Bayou.Pipelines;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;

namespace Bayou.Cli.Tests;

/// <summary>The sample of <c>docs/hosting.md</c>.</summary>
internal static class OwnSilo
{
    public static void Compose(HostApplicationBuilder builder)
    {
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddFileGrainStorage(BayouStorage.Name, options => options.RootDirectory = "/var/lib/shop/grains");
            silo.Services.AddKafkaSource().AddDeltaSink();
            silo.AddBayou(options => silo.Configuration.GetSection(BayouOptions.Section).Bind(options));
        });
    }

    public static async Task RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        Compose(builder);
        using var host = builder.Build();
        await host.StartAsync();

        var sinks = host.Services.GetServices<ISinkFactory>().ToArray();
        var sources = host.Services.GetServices<ISourceFactory>().ToArray();
        var definition = PipelineFileReader.Load("shop.yaml", sinks, sources, Environment.GetEnvironmentVariable);
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPipelineGrain>(definition.Name).StartAsync(definition);
        await host.WaitForShutdownAsync();
    }
}
