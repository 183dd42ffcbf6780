using System.Runtime.InteropServices;
using System.Text.Json;
using Bayou.Benchmarks.Bench.Parts;
using Bayou.Benchmarks.Bench.Places;

namespace Bayou.Benchmarks.Bench;

/// <summary>The benchmark of the whole path.</summary>
internal static class BenchRun
{
    /// <summary>The exit code: 0, 1 when a run failed or its rows are wrong, 2 for wrong arguments.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="shared">Where a broker may be found.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, SharedFolder shared) =>
        Interruptible.RunAsync(BenchOptions.Help, stopping => RunAsync(BenchOptions.Parse(arguments), shared, stopping));

    private static async Task RunAsync(BenchOptions options, SharedFolder shared, CancellationToken stopping)
    {
        var people = options.AsJson ? Console.Error : Console.Out;
        var folder = Directory.CreateTempSubdirectory("bayou-bench-").FullName;
        try
        {
            await using var broker = await BenchBroker.StartAsync(options.Bootstrap, shared, Path.Combine(folder, "broker"));
            await using var topics = new BenchTopics(broker, people.WriteLine);
            var context = new BenchContext { Options = options, Address = broker.Address, Topics = topics, Folder = folder, Say = people.WriteLine, Stopping = stopping };
            var report = new
            {
                Machine = $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
                Options = options,
                Throughput = await ThroughputPart.RunAsync(context),
                Latency = await LatencyPart.RunAsync(context),
                Idle = await IdlePart.RunAsync(context),
                Frozen = await FrozenPart.RunAsync(context),
                Partitions = await GrowthPart.PartitionsAsync(context),
                Tables = await GrowthPart.TablesAsync(context),
            };
            if (options.AsJson) Console.WriteLine(JsonSerializer.Serialize(report));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
