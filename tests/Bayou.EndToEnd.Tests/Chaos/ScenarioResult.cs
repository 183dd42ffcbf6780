namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>How a scenario ended.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Outcome"><c>passed</c>, <c>FAILED</c> or <c>left out</c>.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Recoveries">How long each recovery took.</param>
/// <param name="Note">A figure, or why it ended so.</param>
internal sealed record ScenarioResult(string Name, string Outcome, TimeSpan Elapsed, IReadOnlyList<TimeSpan> Recoveries, string Note)
{
    public const string Passed = "passed", Failed = "FAILED", LeftOut = "left out";

    /// <summary>Least, middle and most of the recoveries, in seconds.</summary>
    public string RecoveryText
    {
        get
        {
            if (Recoveries.Count == 0) return "-";
            double[] seconds = [.. Recoveries.Select(recovery => recovery.TotalSeconds).Order()];
            return seconds.Length == 1 ? $"{seconds[0]:0.0}" : $"{seconds[0]:0.0} / {seconds[seconds.Length / 2]:0.0} / {seconds[^1]:0.0} ({seconds.Length})";
        }
    }
}
