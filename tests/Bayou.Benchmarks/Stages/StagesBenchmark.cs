using System.Globalization;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using Bayou.PipelineFile;
using Bayou.Sinks;
using Bayou.Sinks.Delta;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Benchmarks.Stages;

/// <summary>
/// Where the time of a record goes, stage by stage, in one thread and without broker or grains: records are shredded, their slices put together and committed to the pipeline's
/// own Delta tables, round after round. The first rounds show what the just-in-time compiler costs.
/// </summary>
internal static class StagesBenchmark
{
    public const string Help = """
          stages --pipeline FILE --events FILE          CPU nanoseconds a record of each stage, in one thread; the events as 'key<TAB>json' lines

            --records N         records of a round; default 500000
            --batch N           records of a micro-batch; default 4000
            --rounds N          rounds; default 8
        """;

    /// <summary>The exit code: 0, or 2 for wrong arguments.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        string? pipeline = null, events = null;
        int records = 500_000, size = 4000, rounds = 8;
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--pipeline": pipeline = value; break;
                case "--events": events = value; break;
                case "--records": records = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--batch": size = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--rounds": rounds = int.Parse(value, CultureInfo.InvariantCulture); break;
                default: pipeline = null; break;
            }
        }

        if (pipeline is null || events is null)
        {
            Console.Error.WriteLine(Help);
            return 2;
        }

        var definition = PipelineFileReader.Load(pipeline, [new DeltaSinkFactory()], [new Kafka.KafkaSourceFactory(BufferPool.Shared, Microsoft.Extensions.Logging.Abstractions.NullLogger<Kafka.KafkaSource>.Instance)], Environment.GetEnvironmentVariable);
        var batches = EventBatches.Read(events, records, size);
        var folder = Directory.CreateTempSubdirectory("bayou-stages-");
        try
        {
            Console.WriteLine("ns/record       shred    slice   commit      all   allocated bytes/record");
            for (var round = 0; round < rounds; round++)
            {
                var run = new StagesRun(definition, Path.Combine(folder.FullName, $"{round}"));
                await run.RunAsync(batches);
                Console.WriteLine(run.Describe(round));
                Directory.Delete(Path.Combine(folder.FullName, $"{round}"), recursive: true);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
