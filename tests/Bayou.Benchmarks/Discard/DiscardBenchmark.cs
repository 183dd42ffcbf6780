using System.Text.Json;
using Bayou.Benchmarks.Measuring;
using Bayou.Kafka.Librdkafka.Native;
using Confluent.Kafka;

namespace Bayou.Benchmarks.Discard;

/// <summary>Runs each client in turn, round after round, and compares them.</summary>
internal static class DiscardBenchmark
{
    /// <summary>The exit code: 0, 1 when a run failed or counts differ, 2 for wrong arguments.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            var options = DiscardOptions.Parse(arguments);
            var bounds = Bounds(options);
            var results = new List<RunResult>();
            for (var round = 0; round < options.Rounds; round++)
            {
                for (var i = 0; i < options.Clients.Length; i++)
                {
                    // Who begins changes from round to round, as the first to read finds other caches than the last.
                    var client = options.Clients[(i + round) % options.Clients.Length];
                    results.Add(await RunChildAsync(options, client, bounds, default));
                    if (!options.AsJson) Console.WriteLine(ResultTable.Run(round, results[^1]));
                    Check(options, bounds, results);
                }
            }

            Console.WriteLine(options.AsJson ? Json(options, results) : ResultTable.Summary(options.Clients, results));
            return 0;
        }
        catch (ArgumentException mistake)
        {
            Console.Error.WriteLine($"{mistake.Message}\n\n{DiscardOptions.Help}");
            return 2;
        }
        catch (Exception failure) when (failure is InvalidOperationException or KafkaException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    /// <summary>What there is to read.</summary>
    /// <exception cref="InvalidOperationException">Nothing.</exception>
    public static PartitionBounds[] Bounds(DiscardOptions options)
    {
        LibrdkafkaLoader.Load(options.Properties.GetValueOrDefault(LibrdkafkaLoader.PathOption));
        var properties = new Dictionary<string, string>(options.Properties) { ["bootstrap.servers"] = options.Bootstrap };
        properties.Remove(LibrdkafkaLoader.PathOption);
        properties["group.id"] = "bayou-benchmark";
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(properties).Build();
        // On the consumer's own handle: a handle of a producer would let the broker create the topic.
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var timeout = TimeSpan.FromSeconds(30);
        var partitions = admin.GetMetadata(options.Topic, timeout).Topics.Single().Partitions;
        PartitionBounds[] bounds = [.. partitions.Select(partition =>
        {
            var marks = consumer.QueryWatermarkOffsets(new TopicPartition(options.Topic, partition.PartitionId), timeout);
            return new PartitionBounds(partition.PartitionId, marks.Low.Value, marks.High.Value);
        })];
        return bounds.Any(partition => partition.High > partition.Low)
            ? bounds
            : throw new InvalidOperationException($"Topic {options.Topic} at {options.Bootstrap} holds no records; there is nothing to measure.");
    }

    /// <summary>One run of one client.</summary>
    /// <exception cref="InvalidOperationException">The run does not count; it has told the reason on standard error.</exception>
    public static Task<RunResult> RunChildAsync(DiscardOptions options, string client, PartitionBounds[] bounds, CancellationToken cancellationToken) => ChildProcess.RunAsync<DiscardJob, RunResult>(
        DiscardChild.Verb,
        new DiscardJob(client, options.Topic, new(options.Properties) { ["bootstrap.servers"] = options.Bootstrap }, bounds, options.WarmUps), cancellationToken);

    /// <summary>Compares the last result with the watermarks, and with the first result.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void Check(DiscardOptions options, PartitionBounds[] bounds, List<RunResult> results)
    {
        var last = results[^1];
        var expected = bounds.Sum(partition => partition.High - partition.Low);
        if (!options.HasGaps && last.Records != expected)
            throw new InvalidOperationException($"{last.Name} read {last.Records} records, but the watermarks of {options.Topic} say {expected}. If it has markers or was compacted, say --gaps.");
        if ((last.Records, last.Bytes) != (results[0].Records, results[0].Bytes))
            throw new InvalidOperationException($"{last.Name} read {last.Records} records of {last.Bytes} bytes, but {results[0].Name} {results[0].Records} of {results[0].Bytes}.");
    }

    private static string Json(DiscardOptions options, List<RunResult> results) =>
        JsonSerializer.Serialize(new { options.Topic, options.Rounds, options.WarmUps, Runs = results, Medians = ResultTable.Medians(options.Clients, results) });
}
