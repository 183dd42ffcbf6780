using Bayou.Definitions;
using Bayou.GrainHost;
using Bayou.GrainHost.Testing;
using Bayou.Grains.Hosting;
using Bayou.Grains.Partitions;
using Bayou.Grains.Tables;
using Bayou.Pipelines;
using Bayou.Simulation.Tests.World;
using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Bayou.Simulation.Tests.Host;

/// <summary>A silo with the product's grains on simulated turns, time and calls. Buffers are overwritten when they are given back.</summary>
internal sealed class SimulatedSilo
{
    private readonly SimulatedTurns _turns;
    private readonly SiloHostedService _service;
    private readonly SiloRuntime _runtime;

    public SimulatedSilo(
        SimulatedTime time, SimulatedTurns turns, CallInterceptor calls, SimulatedStorage storage, SimulatedTopic topic, SimulatedDestination destination, SourceDefinition source, Random random, WorldSetup setup)
    {
        _turns = turns;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<TurnQueue>(turns);
        services.AddSingleton(calls);
        services.AddSingleton<IWorkExecutor, InlineExecutor>();
        services.AddSingleton(new BufferPool(poison: true));
        services.AddSingleton(random);
        services.AddSingleton<ISourceFactory>(topic);
        services.AddSingleton<ISinkFactory>(destination);
        services.Configure<MessageCopyOptions>(options => options.CopyMessages = setup.CopyMessages);
        // A call whose caller has given up is carried out all the same, as it may be between silos.
        services.Configure<SiloMessagingOptions>(options => options.DropExpiredMessages = false);
        services.AddOrleans(silo =>
        {
            silo.AddBayou(options => (options.BatchRecords, options.SliceMemoryBytes, options.LeastTableBytes) = (setup.BatchRecords, 1, setup.TableBytes));
            silo.Services.AddGrainStorage(BayouStorage.Name, (_, _) => storage);
        });
        var provider = services.Where(service => service.ImplementationType != typeof(PipelineService)).Aggregate(new ServiceCollection(), Add).BuildServiceProvider();
        _runtime = provider.GetRequiredService<SiloRuntime>();
        _service = provider.GetServices<IHostedService>().OfType<SiloHostedService>().Single();
        Run(_service.StartAsync(CancellationToken.None));
        // The source is opened on another thread: here, before there are turns that would go on beside it.
        provider.GetRequiredService<SourceRegistry>().GetAsync(SimulatedTables.Pipeline, source).GetAwaiter().GetResult();
    }

    public IPipelineGrain Pipeline => _runtime.GetGrain<IPipelineGrain>(SimulatedTables.Pipeline);

    public IPipelineDirectoryGrain Directory => _runtime.GetGrain<IPipelineDirectoryGrain>(IPipelineDirectoryGrain.Key);

    public GrainId TableId(string table) => _runtime.GetGrain<ITableGrain>($"{SimulatedTables.Pipeline}/{table}/0").GetGrainId();

    public GrainId PartitionId(int partition) => _runtime.GetGrain<IPartitionGrain>($"{SimulatedTables.Pipeline}/{SimulatedTopic.Name}/{partition}").GetGrainId();

    public GrainId CatchUpId(string table, int partition) =>
        _runtime.GetGrain<ICatchUpGrain>($"{SimulatedTables.Pipeline}/{table}/{SimulatedTopic.Name}/{partition}").GetGrainId();

    public GrainId PipelineId => Pipeline.GetGrainId();

    /// <summary>Makes a second activation of a grain; both believe that they are the one.</summary>
    public void Duplicate(GrainId grain) => _runtime.Directory.Duplicate(grain);

    /// <summary>Makes a second activation of a grain that has one, which gets the calls from now on. What is returned ends the first.</summary>
    public Action<bool>? Supersede(GrainId grain)
    {
        if (_runtime.Directory.Of(grain) is not [var first]) return null;
        _runtime.Directory.Duplicate(grain);
        return first.Kill;
    }

    /// <summary>Ends the only activation of a grain as a crash does, or only cuts it off, so that its code goes on.</summary>
    public void Kill(GrainId grain, bool keepRunning)
    {
        if (_runtime.Directory.Of(grain) is [var only]) only.Kill(keepRunning);
    }

    /// <summary>Ends everything as the death of the process does.</summary>
    public void Die()
    {
        Run(_service.StopAsync(new CancellationToken(true)));
        _turns.Clear();
    }

    private static ServiceCollection Add(ServiceCollection services, ServiceDescriptor service)
    {
        ((ICollection<ServiceDescriptor>)services).Add(service);
        return services;
    }

    private static void Run(Task task)
    {
        if (!task.IsCompleted) throw new InvalidOperationException("Starting and stopping a silo is expected not to wait for anything.");
        task.GetAwaiter().GetResult();
    }
}
