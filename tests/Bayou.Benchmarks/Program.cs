using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Waiting;

return args switch
{
    ["discard", .. var rest] => await DiscardBenchmark.RunAsync(rest),
    ["waiting", .. var rest] => await WaitingBenchmark.RunAsync(rest),
    [DiscardChild.Verb] => await DiscardChild.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Bayou.Benchmarks BENCHMARK [OPTIONS]\n\n" + DiscardOptions.Help + "\n\n" + WaitingBenchmark.Help);
    return 2;
}
