using Xunit.Abstractions;

namespace Bayou.Simulation.Tests;

/// <summary>The simulation can fail: with one rule of the protocol broken outside of the product, it says so.</summary>
public class MutationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Mutation.FenceIgnored)]
    [InlineData(Mutation.ReplayNotTrimmed)]
    [InlineData(Mutation.GapAccepted)]
    public async Task Run_one_rule_broken_the_schedules_find_it(Mutation mutation)
    {
        var result = await Campaign.RunAsync(0, 50, mutation, stopAtFirst: true);

        Assert.True(result.HasFailed);
        var (seed, verdict) = result.Failures.First();
        output.WriteLine($"{mutation} found by seed {seed}: {verdict}");
    }
}
