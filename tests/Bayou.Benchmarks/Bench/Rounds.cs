using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Bench;

/// <summary>Lets contestants take turns, round after round.</summary>
internal static class Rounds
{
    /// <summary>All results, in the order in which they came.</summary>
    /// <param name="contestants">Who runs.</param>
    /// <param name="rounds">Runs of each.</param>
    /// <param name="say">Told each result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<List<RunResult>> RunAsync(IReadOnlyList<IContestant> contestants, int rounds, Action<string> say, CancellationToken cancellationToken)
    {
        var results = new List<RunResult>();
        say(ResultTable.Heading);
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contestants.Count; turn++)
            {
                // Who begins changes from round to round: the first finds other caches than the last, and a machine gets slower as it gets warm.
                var result = await contestants[(turn + round) % contestants.Count].RunAsync(cancellationToken);
                results.Add(result);
                say(ResultTable.Run(round, result));
            }
        }

        return results;
    }
}
