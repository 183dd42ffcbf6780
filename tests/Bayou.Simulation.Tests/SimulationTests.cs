using Bayou.Simulation.Tests.Host;
using Xunit.Abstractions;

namespace Bayou.Simulation.Tests;

/// <summary>The product's grains under random schedules. <c>BAYOU_SEED</c> replays one, <c>BAYOU_SCHEDULES</c> says how many to run.</summary>
public class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Run_random_schedules_every_record_has_one_outcome_in_every_table()
    {
        var one = Environment.GetEnvironmentVariable("BAYOU_SEED");
        var count = int.Parse(Environment.GetEnvironmentVariable("BAYOU_SCHEDULES") ?? "1000");
        var (first, end) = one is null ? (0, count) : (int.Parse(one), int.Parse(one) + 1);

        var result = await Campaign.RunAsync(first, end, Mutation.None, stopAtFirst: false, one is null ? null : output.WriteLine);

        output.WriteLine($"{end - first} schedules, {result.Tally}, {result.Elapsed.TotalSeconds:0.0} s; the pool was waited for in vain {PoolIdle.Overruns} times.");
        var tally = result.Tally;
        if (count >= 100 && one is null) Assert.All([tally.Refused, tally.Repeated, tally.CatchUps, tally.LostRanges, tally.TakeOvers, tally.Full, tally.LostAnswers, tally.RefusedStarts], times => Assert.True(times > 0));
        Assert.True(result.Failures.Count == 0, string.Join(Environment.NewLine, result.Failures.Take(10).Select(failure => $"BAYOU_SEED={failure.Key}: {failure.Value}")));
    }

    [Fact]
    public async Task Run_same_seeds_again_the_runs_are_the_same_turn_by_turn()
    {
        var overruns = PoolIdle.Overruns;
        var first = await Campaign.RunAsync(0, 30, Mutation.None, stopAtFirst: false);
        var second = await Campaign.RunAsync(0, 30, Mutation.None, stopAtFirst: false);

        output.WriteLine($"overruns {PoolIdle.Overruns - overruns}; differ: {string.Join(' ', first.Traces.Where(trace => second.Traces[trace.Key] != trace.Value).Select(trace => trace.Key))}");
        Assert.Equal(first.Traces, second.Traces);
    }
}
