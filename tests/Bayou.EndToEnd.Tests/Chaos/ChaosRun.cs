using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary><c>bayou chaos</c>: runs scenarios one after another and prints what came of them.</summary>
internal sealed class ChaosRun(ChaosOptions options, TextWriter output)
{
    private readonly List<Func<Task>> _open = [];
    private int _abandoned;

    /// <summary>Runs them. Returns 0 when none failed and at least one was run, else 1.</summary>
    public async Task<int> RunAsync()
    {
        output.WriteLine($"seed {options.Seed} (to repeat: --seed {options.Seed})");
        if (SharedTools.Lake is null) output.WriteLine("Without the reader 'lake' (readers/lake under BAYOU_SHARED), the ledger is checked by bayou verify alone.");
        var broker = options.Bootstrap is null ? new LocalBroker() : null;
        var results = new List<ScenarioResult>();
        try
        {
            if (broker is not null)
            {
                _open.Add(broker.DisposeAsync);
                await broker.InitializeAsync();
            }

            foreach (var scenario in ScenarioList.All.Where(scenario => options.Scenarios.Count == 0 || options.Scenarios.Contains(scenario.Name)))
            {
                output.WriteLine($"{scenario.Name}: {scenario.Description} ...");
                var result = await RunAsync(scenario, broker);
                output.WriteLine($"  {result.Outcome} after {result.Elapsed.TotalSeconds:0} s: {result.Note}");
                results.Add(result);
            }
        }
        finally
        {
            if (broker is not null) await broker.DisposeAsync();
        }

        Print(results);
        return results.Any(result => result.Outcome == ScenarioResult.Failed) || results.All(result => result.Outcome == ScenarioResult.LeftOut) ? 1 : 0;
    }

    /// <summary>Ends every process and takes away every mount of what is running. A repeated call does nothing.</summary>
    public async Task AbandonAsync()
    {
        if (Interlocked.Exchange(ref _abandoned, 1) == 1) return;
        foreach (var release in _open.ToArray().Reverse()) await release();
    }

    private async Task<ScenarioResult> RunAsync(IScenario scenario, LocalBroker? broker)
    {
        var started = TimeProvider.System.GetTimestamp();
        // A scenario's chances do not depend on which others are run.
        var seed = scenario.Name.Aggregate(options.Seed, (hash, letter) => unchecked((hash * 31) + letter));
        var folder = "";
        var opened = _open.Count;
        var context = new ScenarioContext(broker?.Address ?? options.Bootstrap!, broker, seed, options.Kills, isShort: false)
        {
            Opened = (at, release) =>
            {
                if (at.Length > 0) folder = at;
                _open.Add(release);
            },
        };
        if (scenario.FaultsBrokers && broker is null) return End(ScenarioResult.LeftOut, "brokers of yours (--bootstrap) are not killed");
        try
        {
            return End(ScenarioResult.Passed, await scenario.RunAsync(context));
        }
        catch (LeftOutException reason)
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            return End(ScenarioResult.LeftOut, reason.Message);
        }
        catch (Exception failure)
        {
            return End(ScenarioResult.Failed, $"{failure.Message}{(Directory.Exists(folder) ? $"\nIts files are kept: {folder}" : "")}");
        }
        finally
        {
            _open.RemoveRange(opened, _open.Count - opened);
        }

        ScenarioResult End(string outcome, string note) => new(scenario.Name, outcome, TimeProvider.System.GetElapsedTime(started), context.Recoveries, note);
    }

    private void Print(List<ScenarioResult> results)
    {
        output.WriteLine();
        output.WriteLine($"{"scenario",-16}{"result",-10}{"took",7}  {"recovery in s: least / middle / most (of)",-42}");
        foreach (var result in results)
            output.WriteLine($"{result.Name,-16}{result.Outcome,-10}{$"{result.Elapsed.TotalSeconds:0} s",7}  {result.RecoveryText,-42}  {FirstLine(result.Note)}");
        // Recoveries mean little without it: a machine that does other things recovers later.
        if (File.Exists("/proc/loadavg")) output.WriteLine($"load of this machine at the end: {File.ReadAllText("/proc/loadavg").Split(' ')[1]} over five minutes, {Environment.ProcessorCount} cores");
        output.WriteLine($"seed {options.Seed}; checked by bayou verify{(SharedTools.Lake is null ? "" : " and lake ledger")}; "
            + $"{results.Count(result => result.Outcome == ScenarioResult.Passed)} passed, {results.Count(result => result.Outcome == ScenarioResult.Failed)} failed, {results.Count(result => result.Outcome == ScenarioResult.LeftOut)} left out");
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];
}
