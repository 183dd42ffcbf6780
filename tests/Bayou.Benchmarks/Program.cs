using Bayou.Benchmarks.Baseline;
using Bayou.Benchmarks.Bench;
using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Opening;
using Bayou.Benchmarks.Pipelines;
using Bayou.Benchmarks.Postgres;
using Bayou.Benchmarks.Reference;
using Bayou.Benchmarks.Stages;
using Bayou.Benchmarks.Waiting;

// The only place that reads the process's surroundings.
var shared = new SharedFolder(Environment.GetEnvironmentVariable("BAYOU_SHARED") is { Length: > 0 } named ? named : null);
return args switch
{
    ["bench", .. var rest] => await BenchRun.RunAsync(rest, shared),
    ["discard", .. var rest] => await DiscardBenchmark.RunAsync(rest),
    ["reference", .. var rest] => await ReferenceRun.RunAsync(rest, shared),
    ["waiting", .. var rest] => await WaitingBenchmark.RunAsync(rest),
    ["opening", .. var rest] => await OpeningBenchmark.RunAsync(rest),
    ["stages", .. var rest] => await StagesBenchmark.RunAsync(rest),
    ["postgres", .. var rest] => await PostgresBenchmark.RunAsync(rest),
    [DiscardChild.Verb] => await DiscardChild.RunAsync(),
    [PipelineChild.Verb] => await PipelineChild.RunAsync(),
    [BaselineChild.Verb] => await BaselineChild.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Bayou.Benchmarks BENCHMARK [OPTIONS]\n\n" + string.Join("\n\n",
        BenchOptions.Help, ReferenceOptions.Help, DiscardOptions.Help, WaitingBenchmark.Help, OpeningBenchmark.Help, StagesBenchmark.Help, PostgresBenchmark.Help));
    return 2;
}
