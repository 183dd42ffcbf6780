using System.Text.Json;
using Bayou.Benchmarks.Bench;
using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Reference;

/// <summary>The pipeline against the reference program.</summary>
internal static class ReferenceRun
{
    private const int Partitions = 50;
    private const int Types = 10;

    /// <summary>The exit code: 0, 1 when a run failed or its rows are wrong, 2 for wrong arguments.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="shared">Where the reference is.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, SharedFolder shared) =>
        Interruptible.RunAsync(ReferenceOptions.Help, stopping => RunAsync(ReferenceOptions.Parse(arguments), shared, stopping));

    private static async Task RunAsync(ReferenceOptions options, SharedFolder shared, CancellationToken stopping)
    {
        if (shared.Find("anchor", "anchor.xz") is not { } archive || shared.Find("anchor", "workload.py") is not { } generator)
            throw new InvalidOperationException("The reference program was not found: anchor/anchor.xz and anchor/workload.py in the folder that BAYOU_SHARED names, or in one called shared beside the repository.");

        var people = options.AsJson ? Console.Error : Console.Out;
        var folder = Directory.CreateTempSubdirectory("bayou-reference-").FullName;
        try
        {
            var program = await ReferenceProgram.UnpackAsync(archive, folder);
            await using var broker = await BenchBroker.StartAsync(options.Bootstrap, shared, Path.Combine(folder, "broker"));
            await using var topics = new BenchTopics(broker, people.WriteLine);
            var context = new BenchContext { Options = new BenchOptions(), Address = broker.Address, Topics = topics, Folder = folder, Say = people.WriteLine, Stopping = stopping };
            var warmUp = await LoadAsync(Math.Min(BenchOptions.WarmUpEvents, options.Events));
            var topic = options.Topic is { } given ? await MeasureAsync(given) : await LoadAsync(options.Events);
            people.WriteLine($"{topic.Events:#,##0} events, {topic.Bytes / topic.Events} bytes each, {topic.Partitions} partitions");

            var reference = new ReferenceProgram(program, folder, broker.Address, topic);
            // The first run after a broker started, or a topic was filled, finds other caches than those that count.
            await reference.RunAsync(stopping);
            IContestant[] contestants = [reference, Pipeline("pipeline, warm", topic, warmUp), Pipeline("pipeline, cold", topic, null)];
            var results = await Rounds.RunAsync(contestants, options.Rounds, people.WriteLine, stopping);
            string[] names = [.. contestants.Select(contestant => contestant.Name)];
            people.WriteLine(ResultTable.Summary(names, results, inverse: true));
            if (options.AsJson) Console.WriteLine(JsonSerializer.Serialize(new { topic.Events, topic.Bytes, topic.Partitions, Medians = ResultTable.Medians(names, results), Runs = results }));

            PipelineContestant Pipeline(string name, BenchTopic events, BenchTopic? before) => new(name, context, events, before)
            {
                Place = (pipeline, from) => PipelinePlace.Create(folder, lake => ReferencePipeline.Create(pipeline, broker.Address, from.Name, lake)),
            };

            async Task<BenchTopic> LoadAsync(long events)
            {
                var empty = await topics.GetAsync(0, Types, options.SizeBytes, Partitions, stopping);
                await ReferenceProgram.LoadAsync(generator, events, options.SizeBytes, broker.Address, empty.Name);
                var full = await MeasureAsync(empty.Name);
                return full.Events == events ? full : throw new InvalidOperationException($"{full.Events} of the reference's events arrived, {events} expected; nothing is compared.");
            }

            async Task<BenchTopic> MeasureAsync(string name)
            {
                var discard = new DiscardOptions { Bootstrap = broker.Address, Topic = name };
                var bounds = DiscardBenchmark.Bounds(discard);
                var all = await DiscardBenchmark.RunChildAsync(discard, "managed", bounds, stopping);
                return new BenchTopic(name, all.Records, all.Bytes, Types, options.SizeBytes, bounds.Length);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
