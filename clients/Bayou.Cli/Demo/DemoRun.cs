using Bayou.Cli.Loading;
using Bayou.Console;
using Bayou.Kafka.Tools;
using Bayou.Load;
using Bayou.Silo;
using Bayou.Status;

namespace Bayou.Cli.Demo;

/// <summary>The demo, step by step: broker, events, pipeline, proof.</summary>
internal sealed class DemoRun(CliContext context, long events, int partitions, string? bootstrap, bool keep)
{
    private readonly TextWriter _say = context.Terminal.Out;

    /// <summary>Runs it all; fails when a record was lost or doubled.</summary>
    public async Task<int> RunAsync(DemoFolder folder, Func<SiloHost> createSilo, CancellationToken stopping)
    {
        await using var broker = await DemoBroker.StartAsync(bootstrap, partitions, context.Time.GetUtcNow());
        _say.WriteLine($"1. Kafka: topic {broker.Topic}, {partitions} partitions, at {broker.BootstrapServers}{(broker.IsEmbedded ? " (inside this process)" : "")}");
        await File.WriteAllTextAsync(
            folder.PipelineFile, DemoPipeline.Create(new DemoOptions { BootstrapServers = broker.BootstrapServers, Topic = broker.Topic, LakeFolder = "./lake" }), stopping);

        var produced = await ProduceAsync(broker, stopping);
        _say.WriteLine($"2. Produced {produced.Events:#,##0} mixed events of ten types ({produced.Bytes / 1e6:#,##0} MB) in {produced.Elapsed.TotalSeconds:0.0} s");

        // A bounded run of the same file: it ends where each partition ends now.
        var definition = context.Pipelines.Load(folder.PipelineFile);
        definition = definition with { Source = definition.Source with { EndAtLatest = true } };
        _say.WriteLine($"3. Landing them in {definition.Tables.Length} Delta tables under {folder.Lake}");
        TimeSpan elapsed;
        await using (var silo = createSilo())
        {
            try
            {
                await silo.StartAsync(stopping);
                var started = context.Time.GetTimestamp();
                var run = new PipelineRun(context, silo.Grains, definition);
                await run.StartAsync();
                var end = await run.WatchAsync(stopping) ?? throw new OperationCanceledException(stopping);
                elapsed = context.Time.GetElapsedTime(started);
                Check(end, broker);
            }
            finally
            {
                await silo.StopAsync();
            }
        }

        var proof = new DemoProof();
        foreach (var table in definition.Tables)
            proof.Add(table.Name, table.Sink.Options["path"]);
        proof.Add("quarantine", definition.Quarantine.Options["path"]);
        var code = Report(proof, produced, elapsed, folder, definition.Tables[0].Name);
        if (keep && code == ExitCode.Done)
        {
            _say.WriteLine($"The broker stays at {broker.BootstrapServers} until interrupted (--keep).");
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return code;
    }

    private async Task<LoadResult> ProduceAsync(DemoBroker broker, CancellationToken stopping)
    {
        using var producer = new RecordProducer(broker.Properties());
        var result = await new LoadRun(new EventGenerator(new LoadOptions()), producer, broker.Topic, context.Time).RunAsync(events, 0, _ => { }, stopping);
        stopping.ThrowIfCancellationRequested();
        return result;
    }

    private static void Check(PipelineStatus end, DemoBroker broker)
    {
        if (end.State == PipelineState.Failed)
            throw new CommandFailedException($"the demo's pipeline failed: {Terminal.Safe(end.Reason ?? "no reason was given")}");
        if (broker.IsEmbedded && end.Partitions.Any(partition => partition.LowWatermark > 0))
            throw new CommandFailedException("the broker inside this process could not hold that many events and dropped the oldest; use fewer --events, more --partitions, or a real broker with --bootstrap");
    }

    private int Report(DemoProof proof, LoadResult produced, TimeSpan elapsed, DemoFolder folder, string example)
    {
        var lost = produced.Events - proof.Distinct;
        _say.WriteLine("4. Proof, counted by reading the tables back:");
        foreach (var (table, rows) in proof.Tables)
            _say.WriteLine($"   {table,-20} {rows,12:#,##0} rows");
        _say.WriteLine($"   {"all",-20} {proof.Tables.Sum(table => table.Rows),12:#,##0} rows, {produced.Events:#,##0} events produced");
        _say.WriteLine($"   lost {lost:#,##0}, doubled {proof.Doubled:#,##0}; {produced.Events / Math.Max(elapsed.TotalSeconds, 0.001):#,##0} events/s in {elapsed.TotalSeconds:0.0} s, from start to the last commit");
        if (lost != 0 || proof.Doubled != 0)
            throw new CommandFailedException($"the demo lost {lost} and doubled {proof.Doubled} events; tables and state are kept in {folder.Path}");

        _say.WriteLine($"The tables are Delta tables under {folder.Lake}. To query one, for example with DuckDB:");
        _say.WriteLine($"   duckdb -c \"INSTALL delta; LOAD delta; SELECT _partition, count(*) FROM delta_scan('{Path.Combine(folder.Lake, example)}') GROUP BY ALL\"");
        return ExitCode.Done;
    }
}
