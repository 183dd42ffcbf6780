using Bayou.Benchmarks.Micro.Events;
using Bayou.Benchmarks.Micro.Grains;
using Bayou.Sources;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Bayou.Benchmarks.Micro;

/// <summary>A call from outside to a grain of the same silo: a call, whose batch has 4,000 records.</summary>
[MemoryDiagnoser]
public class GrainCallBenchmark
{
    private const int Calls = 1000;

    private readonly MicroBatch _batch = SampleEvents.Batch();
    private IHost _host = null!;
    private IBatchGrain _grain = null!;

    /// <summary>Starts a silo.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        _host = builder.Build();
        await _host.StartAsync();
        _grain = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBatchGrain>("a");
        await _grain.CountAsync(_batch);
    }

    /// <summary>Stops it.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    /// <summary>Without arguments.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public async Task Empty()
    {
        for (var i = 0; i < Calls; i++) await _grain.PingAsync();
    }

    /// <summary>With a batch, which is immutable and not copied.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public async Task<long> Batch()
    {
        var records = 0L;
        for (var i = 0; i < Calls; i++) records += await _grain.CountAsync(_batch);
        return records;
    }
}
