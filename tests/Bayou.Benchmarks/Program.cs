using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Opening;
using Bayou.Benchmarks.Stages;
using Bayou.Benchmarks.Waiting;

return args switch
{
    ["discard", .. var rest] => await DiscardBenchmark.RunAsync(rest),
    ["waiting", .. var rest] => await WaitingBenchmark.RunAsync(rest),
    ["opening", .. var rest] => await OpeningBenchmark.RunAsync(rest),
    ["stages", .. var rest] => await StagesBenchmark.RunAsync(rest),
    [DiscardChild.Verb] => await DiscardChild.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Bayou.Benchmarks BENCHMARK [OPTIONS]\n\n" + string.Join("\n\n", DiscardOptions.Help, WaitingBenchmark.Help, OpeningBenchmark.Help, StagesBenchmark.Help));
    return 2;
}
