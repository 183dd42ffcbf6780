using Bayou.Cli.Commands;
using Bayou.Cli.Loading;
using Bayou.Console;
using Bayou.Definitions;
using Bayou.Kafka.Tools;
using Bayou.Load;
using Bayou.Silo;
using Bayou.Status;
using Bayou.Verification;
using Bayou.Verification.Reading;
using Bayou.Verification.Reports;

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

        var code = Report(await VerifyAsync(definition, folder, stopping), produced, elapsed, folder, definition.Tables[0].Name);
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

    private async Task<VerificationReport> VerifyAsync(PipelineDefinition definition, DemoFolder folder, CancellationToken stopping)
    {
        var progress = new VerifyProgress(context.Terminal, context.Time);
        try
        {
            return await new PipelineVerifier(context.Connectors.Sources, progress.Show)
                .RunAsync(definition, new StoredState(Path.Combine(folder.State, "grains"), definition.Name), stopping);
        }
        finally
        {
            progress.Clear();
        }
    }

    private int Report(VerificationReport proof, LoadResult produced, TimeSpan elapsed, DemoFolder folder, string example)
    {
        _say.WriteLine("4. Proof: the tables and the topic are read back, and every offset is looked up (this is what bayou verify does)");
        foreach (var table in proof.Tables)
            _say.WriteLine($"   {table.Name,-20} {table.Counts.Rows + table.Counts.Quarantined,12:#,##0} rows");
        var all = LedgerCounts.Sum(proof.Tables.Select(table => table.Counts));
        _say.WriteLine($"   {"all",-20} {all.Rows + all.Quarantined,12:#,##0} rows of {proof.Records:#,##0} records in the topic, {produced.Events:#,##0} produced");
        _say.WriteLine($"   lost {all.Lost:#,##0}, doubled {all.Doubled:#,##0}, in a wrong table {all.Wrong:#,##0}");
        _say.WriteLine($"   {produced.Events / Math.Max(elapsed.TotalSeconds, 0.001):#,##0} events/s: {elapsed.TotalSeconds:0.0} s from the start of the pipeline to its last commit");
        if (proof.Verdict != "fine" || proof.Records != produced.Events)
            throw new CommandFailedException($"the demo's ledger does not add up ({proof.Verdict}, {proof.Records:#,##0} records of {produced.Events:#,##0}); see bayou verify {folder.PipelineFile}. Tables and state are kept in {folder.Path}");

        _say.WriteLine($"The tables are Delta tables under {folder.Lake}. To query one, for example with DuckDB:");
        _say.WriteLine($"   duckdb -c \"INSTALL delta; LOAD delta; SELECT _partition, count(*) FROM delta_scan('{Path.Combine(folder.Lake, example)}') GROUP BY ALL\"");
        return ExitCode.Done;
    }
}
