using System.Globalization;
using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Measuring;
using Bayou.Benchmarks.Pipelines;

namespace Bayou.Benchmarks.Bench.Parts;

/// <summary>A silo with a pipeline that has landed everything and waits for more: what it takes.</summary>
internal static class IdlePart
{
    // The runtime compiles what ran often once more, some time after the start.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(45);

    /// <summary>Runs it; null when it was not asked for.</summary>
    public static async Task<object?> RunAsync(BenchContext context)
    {
        if (!context.Options.Parts.Contains("idle")) return null;
        var topic = await context.WarmUpTopicAsync();
        context.Say($"\nIdle with {topic.Partitions} partitions and {topic.Types} tables; waiting {Settling.TotalSeconds:0} s, then measuring {context.Options.Seconds / 3} s");
        using var place = PipelinePlace.Create(context.Folder, "bench", context.Address, topic);
        using var silo = ChildProcess.Start(PipelineChild.Verb);
        await silo.SendAsync(new PipelineJob { File = place.File, State = place.State, Sink = context.Options.Sink, Bounded = false });
        await silo.ReadAsync<string>(context.Stopping);
        await Task.Delay(Settling, context.Stopping);
        await silo.SendLineAsync(PipelineChild.Begin);
        await silo.ReadAsync<object?>(context.Stopping);
        await Task.Delay(TimeSpan.FromSeconds(context.Options.Seconds / 3.0), context.Stopping);
        await silo.SendLineAsync(PipelineChild.End);
        var cost = await silo.ReadAsync<Measurement>(context.Stopping);
        await silo.SendLineAsync(PipelineChild.Stop);
        await silo.ExitAsync(context.Stopping);
        if (context.Options.Sink == "delta") await PipelineCheck.LedgerAsync(place, topic.Events, context.Stopping);
        var share = (cost.UserSeconds + cost.SystemSeconds) / cost.Seconds;
        context.Say(string.Create(CultureInfo.InvariantCulture, $"idle: {share:P2} of a core, {cost.AllocatedBytes / cost.Seconds / 1e6:F2} MB/s allocated, {cost.PeakResidentBytes / 1e6:F0} MB peak"));
        return new { topic.Partitions, Tables = topic.Types, ShareOfACore = share, Cost = cost };
    }
}
