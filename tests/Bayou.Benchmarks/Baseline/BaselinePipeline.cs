using System.Diagnostics;
using System.Text.Json;
using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Discard.Clients;
using Bayou.Definitions;
using Confluent.Kafka;

namespace Bayou.Benchmarks.Baseline;

/// <summary>
/// What a user would write in plain C#: a loop around Confluent.Kafka's <c>Consume</c>, System.Text.Json, and every second or 500,000 records a commit of all tables
/// at once, one after the other with reading. No quarantine, no statistics of its own, no cursors beside the rows: a crash between commits loses or doubles rows.
/// </summary>
internal sealed class BaselinePipeline(PipelineDefinition definition)
{
    private const int CommitRecords = 500_000;
    private static readonly TimeSpan CommitEvery = TimeSpan.FromSeconds(1);

    private readonly string _topic = definition.Source.Topics[0];

    /// <summary>Runs from the topic's beginning to the end that it has now.</summary>
    public async Task RunAsync()
    {
        var address = definition.Source.Options["bootstrap.servers"];
        var bounds = DiscardBenchmark.Bounds(new DiscardOptions { Bootstrap = address, Topic = _topic });
        var tables = definition.Tables.SelectMany(table => table.Match.Select(value => (value, new BaselineTable(definition.Name, table)))).ToDictionary(entry => entry.value, entry => entry.Item2);
        foreach (var table in tables.Values) await table.OpenAsync();

        var properties = TunedProperties.For(new DiscardJob("", _topic, new() { ["bootstrap.servers"] = address }, [], 0));
        properties["enable.partition.eof"] = "false";
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(properties).Build();
        consumer.Assign(bounds.Select(partition => new TopicPartitionOffset(_topic, partition.Partition, partition.Low)));
        var left = bounds.Sum(partition => partition.High - partition.Low);
        var (held, since) = (0, Stopwatch.GetTimestamp());
        while (left > 0)
        {
            var record = consumer.Consume();
            using (var json = JsonDocument.Parse(record.Message.Value))
            {
                var kind = json.RootElement.GetProperty(definition.Route.Field[0]).GetString()!;
                tables[kind].Add(record.Partition, record.Offset, record.Message.Timestamp.UnixTimestampMs, json.RootElement);
            }

            (left, held) = (left - 1, held + 1);
            if (left > 0 && held < CommitRecords && Stopwatch.GetElapsedTime(since) < CommitEvery) continue;
            await Task.WhenAll(tables.Values.Select(table => table.CommitAsync(_topic)));
            (held, since) = (0, Stopwatch.GetTimestamp());
        }

        foreach (var table in tables.Values) await table.DisposeAsync();
    }
}
