namespace Bayou.Simulation.Tests;

/// <summary>What came of many runs.</summary>
internal sealed class CampaignResult
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, string> _failures = [];
    private readonly SortedDictionary<int, ulong> _traces = [];

    /// <summary>What was wrong, by seed.</summary>
    public IReadOnlyDictionary<int, string> Failures => _failures;

    /// <summary>The trace of each run, by seed.</summary>
    public IReadOnlyDictionary<int, ulong> Traces => _traces;

    public bool HasFailed
    {
        get
        {
            lock (_gate) return _failures.Count > 0;
        }
    }

    /// <summary>Of all runs together.</summary>
    public Tally Tally { get; } = new();

    public TimeSpan Elapsed { get; set; }

    public void Add(int seed, Simulation? simulation, string? verdict)
    {
        lock (_gate)
        {
            if (verdict is not null) _failures[seed] = verdict;
            if (simulation is null) return;
            Tally.Add(simulation.Tally);
            _traces[seed] = simulation.Trace;
        }
    }
}
