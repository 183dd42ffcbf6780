using Bayou.Grains.Hosting;
using Bayou.Kafka;
using Bayou.PipelineFile;
using Bayou.Pipelines;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using OwnSink;

// dotnet run --project samples/own-sink -- samples/own-sink/shop.yaml
var file = args.Length == 1 ? args[0] : throw new ArgumentException("Give the pipeline file as the only argument.");

var builder = Host.CreateApplicationBuilder();
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering();
    silo.AddFileGrainStorage(BayouStorage.Name, options => options.RootDirectory = Path.Combine(Path.GetTempPath(), "bayou-own-sink"));
    silo.Services.AddKafkaSource();
    silo.AddSink<JsonLinesSink>("jsonlines", new SinkOption { Name = JsonLinesSink.PathOption, Type = SinkOptionType.Path, Required = true, Description = "The file; made when it is missing." });
    silo.AddBayou();
});

using var host = builder.Build();
await host.StartAsync();

var definition = PipelineFileReader.Load(file, [.. host.Services.GetServices<ISinkFactory>()], [.. host.Services.GetServices<ISourceFactory>()], Environment.GetEnvironmentVariable);
await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPipelineGrain>(definition.Name).StartAsync(definition);
await host.WaitForShutdownAsync();
