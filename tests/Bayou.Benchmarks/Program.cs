using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Stages;
using Bayou.Benchmarks.Waiting;

return args switch
{
    ["discard", .. var rest] => await DiscardBenchmark.RunAsync(rest),
    ["waiting", .. var rest] => await WaitingBenchmark.RunAsync(rest),
    ["stages", .. var rest] => await StagesBenchmark.RunAsync(rest),
    [DiscardChild.Verb] => await DiscardChild.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Bayou.Benchmarks BENCHMARK [OPTIONS]\n\n" + DiscardOptions.Help + "\n\n" + WaitingBenchmark.Help + "\n\n" + StagesBenchmark.Help);
    return 2;
}
