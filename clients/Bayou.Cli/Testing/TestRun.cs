namespace Bayou.Cli.Testing;

/// <summary>The parts of a run of the tests, one after another, within its time.</summary>
internal sealed class TestRun(TextWriter output, TestScale scale, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _limit = scale.Limit is { } limit ? new(limit, time) : new();
    private readonly List<string> _unfinished = [];

    /// <summary>All parts together.</summary>
    public TestCount Total { get; private set; }

    /// <summary>The parts that there was no time for, or not enough.</summary>
    public IReadOnlyList<string> Unfinished => _unfinished;

    /// <summary>Runs a part and prints its result. One that is cut off by the time counts as a failure; one that would begin after it is only left out.</summary>
    public async Task AddAsync(string name, Func<CancellationToken, Task<TestResult>> run, CancellationToken cancellation)
    {
        if (_limit.IsCancellationRequested)
        {
            _unfinished.Add(name);
            return;
        }

        output.WriteLine($"{name} ...");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellation);
        TestResult result;
        try
        {
            result = await run(either.Token);
        }
        catch (OperationCanceledException) when (_limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            _unfinished.Add($"the end of {name}");
            result = new TestResult(new TestCount(0, 1, 0), [$"FAILED was ended because the run had taken {scale.Limit?.TotalMinutes:0} minutes"]);
        }

        Total += result.Count;
        foreach (var line in result.Lines)
            output.WriteLine("  " + line);
        output.WriteLine($"{name}: {result.Count}");
    }

    public void Dispose() => _limit.Dispose();
}
