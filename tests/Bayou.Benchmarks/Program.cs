using Bayou.Benchmarks.Discard;

return args switch
{
    ["discard", .. var rest] => await DiscardBenchmark.RunAsync(rest),
    [DiscardChild.Verb] => await DiscardChild.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Bayou.Benchmarks BENCHMARK [OPTIONS]\n\n" + DiscardOptions.Help);
    return 2;
}
