using Bayou.Simulation.Tests.Host;

namespace Bayou.Simulation.Tests;

/// <summary>Runs many seeds, each on one thread, on as many threads as there are processors.</summary>
internal static class Campaign
{
    public static async Task<CampaignResult> RunAsync(int first, int end, Mutation mutation, bool stopAtFirst, Action<string>? journal = null)
    {
        var result = new CampaignResult();
        var since = TimeProvider.System.GetTimestamp();
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Environment.ProcessorCount, end - first)).Select(_ => OwnThread.RunAsync(() =>
        {
            while (Interlocked.Increment(ref next) is var seed && seed < end && !(stopAtFirst && result.HasFailed)) Run(seed, mutation, journal, result);
        })));
        result.Elapsed = TimeProvider.System.GetElapsedTime(since);
        return result;
    }

    private static void Run(int seed, Mutation mutation, Action<string>? journal, CampaignResult result)
    {
        try
        {
            var simulation = new Simulation(seed, mutation, journal);
            var verdict = simulation.Run();
            result.Add(seed, simulation, verdict);
        }
        catch (Exception failure)
        {
            result.Add(seed, null, failure.ToString());
        }
    }
}
