using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Postgres;
using Bayou.Benchmarks.Waiting;

return args switch
{
    ["discard", .. var rest] => await DiscardBenchmark.RunAsync(rest),
    ["waiting", .. var rest] => await WaitingBenchmark.RunAsync(rest),
    ["postgres", .. var rest] => await PostgresBenchmark.RunAsync(rest),
    [DiscardChild.Verb] => await DiscardChild.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Bayou.Benchmarks BENCHMARK [OPTIONS]\n\n" + DiscardOptions.Help + "\n\n" + WaitingBenchmark.Help + "\n\n" + PostgresBenchmark.Help);
    return 2;
}
