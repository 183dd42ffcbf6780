using System.Text.Json;
using Bayou.Benchmarks.Discard.Clients;
using Bayou.Benchmarks.Measuring;
using Bayou.Kafka.Librdkafka.Native;

namespace Bayou.Benchmarks.Discard;

/// <summary>One run: a process of its own, so that its memory and its processor time are its own.</summary>
internal static class DiscardChild
{
    /// <summary>The command that starts it; a <see cref="DiscardJob"/> comes by standard input, a <see cref="RunResult"/> goes to standard output.</summary>
    public const string Verb = "discard-run";

    /// <summary>Runs it; the exit code is 1, with the reason on standard error, when the run does not count.</summary>
    public static async Task<int> RunAsync()
    {
        var job = JsonSerializer.Deserialize<DiscardJob>((await Console.In.ReadLineAsync())!)!;
        try
        {
            Console.WriteLine(JsonSerializer.Serialize(await MeasureAsync(job)));
            return 0;
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static async Task<RunResult> MeasureAsync(DiscardJob job)
    {
        await using var client = await DiscardClients.ConnectAsync(job);
        for (var i = 0; i < job.WarmUps; i++) await client.ReadAsync(job.Topic, job.Bounds);
        var meter = new ProcessMeter();
        var tally = await client.ReadAsync(job.Topic, job.Bounds);
        var cost = meter.Stop();
        if (job.Client == DiscardClients.Managed && LibrdkafkaLoader.LoadedFrom is { } native)
            throw new InvalidOperationException($"The managed client loaded {native}; what was measured may not be itself. The run does not count.");
        return new RunResult(job.Client, tally.Records, tally.Bytes, cost);
    }
}
