using System.Diagnostics;
using System.Globalization;
using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Measuring;
using Bayou.Kafka.Tools;
using Bayou.Sources;

namespace Bayou.Benchmarks.Waiting;

/// <summary>
/// What waiting costs, and how soon it ends: all partitions of a topic are open at their ends; first nothing comes for a while, then single records do, at even intervals.
/// </summary>
internal static class WaitingBenchmark
{
    public const string Help = """
          waiting --bootstrap HOST:PORT --topic NAME    wait at the ends of all partitions, idle at first, then for single records; writes to the topic

            --clients A,B       of managed, librdkafka; default both
            --idle SECONDS      how long nothing comes; default 20
            --records N         single records, 20 ms apart; default 500
            --set NAME=VALUE    a property for every client; may be repeated
        """;

    // The runtime compiles what runs often once more, some time after the start.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>The exit code: 0, or 2 for wrong arguments.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        int idle = 20, records = 500;
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--idle" && i + 1 < arguments.Count) idle = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
            else if (arguments[i] is "--records" && i + 1 < arguments.Count) records = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
            else rest.Add(arguments[i]);
        }

        if (!rest.Contains("--clients")) rest.AddRange(["--clients", "managed,librdkafka"]);
        DiscardOptions options;
        try
        {
            options = DiscardOptions.Parse(rest);
        }
        catch (ArgumentException mistake)
        {
            Console.Error.WriteLine($"{mistake.Message}\n\n{Help}");
            return 2;
        }

        Console.WriteLine($"{"",-12} idle CPU, % of a core   from acknowledged to handed on, ms: p50    p99    max   from sent: p50    p99");
        foreach (var client in options.Clients.Where(client => client is "managed" or "librdkafka")) await MeasureAsync(options, client, idle, records);
        return 0;
    }

    private static async Task MeasureAsync(DiscardOptions options, string client, int idleSeconds, int records)
    {
        await using var source = await Discard.Clients.SourceClient.OpenAsync(new DiscardJob(client, options.Topic, new(options.Properties) { ["bootstrap.servers"] = options.Bootstrap }, [], 0));
        var partitions = (await source.DescribeTopicAsync(options.Topic, default)).Partitions;
        var arrivals = new long[records];
        using var stop = new CancellationTokenSource();
        var reading = new List<Task>();
        for (var partition = 0; partition < partitions; partition++)
        {
            var place = new TopicPartition(options.Topic, partition);
            var end = (await source.GetWatermarksAsync(place, default)).High;
            reading.Add(Task.Run(() => ReadAsync(source.OpenReader(place, end, ReaderRole.Live), arrivals, stop.Token)));
        }

        await Task.Delay(Settling);
        var meter = new ProcessMeter();
        await Task.Delay(TimeSpan.FromSeconds(idleSeconds));
        var cost = meter.Stop();

        var (sent, acknowledged) = await SendAsync(options, partitions, records);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await Task.WhenAll(reading);

        var after = Sorted(records, i => Math.Max(0, Milliseconds(acknowledged[i], arrivals[i])));
        var whole = Sorted(records, i => Milliseconds(sent[i], arrivals[i]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{client,-12} {(cost.UserSeconds + cost.SystemSeconds) / cost.Seconds:P2}{"",47}{after[records / 2],6:F2} {after[records * 99 / 100],6:F2} {after[^1],6:F2}         {whole[records / 2],6:F2} {whole[records * 99 / 100],6:F2}"));
    }

    private static async Task<(long[] Sent, long[] Acknowledged)> SendAsync(DiscardOptions options, int partitions, int records)
    {
        using var producer = new RecordProducer(new Dictionary<string, string> { ["bootstrap.servers"] = options.Bootstrap, ["linger.ms"] = "0" });
        // Connects to all it needs before the first record that counts.
        for (var partition = 0; partition < partitions; partition++) producer.Produce(options.Topic, partition, null, "first");
        producer.Flush(TimeSpan.FromSeconds(10));
        var (sent, acknowledged) = (new long[records], new long[records]);
        for (var i = 0; i < records; i++)
        {
            sent[i] = Stopwatch.GetTimestamp();
            producer.Produce(options.Topic, i * 7 % partitions, null, BitConverter.GetBytes(i));
            producer.Flush(TimeSpan.FromSeconds(10));
            acknowledged[i] = Stopwatch.GetTimestamp();
            await Task.Delay(Interval);
        }

        return (sent, acknowledged);
    }

    private static async Task ReadAsync(IPartitionReader reader, long[] arrivals, CancellationToken stopping)
    {
        await using var _ = reader;
        try
        {
            while (true)
            {
                var batch = await reader.ReadAsync(10_000, 1 << 20, stopping);
                var now = Stopwatch.GetTimestamp();
                for (var i = 0; i < batch.Count; i++)
                    if (batch[i].Value.Length == sizeof(int)) arrivals[BitConverter.ToInt32(batch[i].Value)] = now;
                batch.Release();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static double Milliseconds(long from, long to) =>
        to > 0 ? (to - from) * 1000.0 / Stopwatch.Frequency : throw new InvalidOperationException("A record was not handed on within a second. The run does not count.");

    private static double[] Sorted(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value).Order()];
}
