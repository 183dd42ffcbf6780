namespace Bayou.Simulation.Tests.Host;

/// <summary>How often what goes wrong by chance does, each from 0 to 1; chosen by the seed, and all 0 once the schedule is over.</summary>
internal sealed class Faults
{
    public double LostCalls { get; private set; }

    public double LostAnswers { get; private set; }

    public double LateCalls { get; private set; }

    public double CommitFails { get; private set; }

    public double CommitAnswerLost { get; private set; }

    public double CommitLate { get; private set; }

    public double ReadFails { get; private set; }

    public double StateFails { get; private set; }

    public double StateAnswerLost { get; private set; }

    public double StateStale { get; private set; }

    /// <summary>Nothing goes wrong by chance.</summary>
    public static Faults None => new();

    public static Faults Choose(Random random)
    {
        double Rate(double most) => random.Next(3) == 0 ? 0 : random.NextDouble() * most;
        return new Faults
        {
            LostCalls = Rate(0.01),
            LostAnswers = Rate(0.01),
            LateCalls = Rate(0.05),
            CommitFails = Rate(0.1),
            CommitAnswerLost = Rate(0.1),
            CommitLate = Rate(0.3),
            ReadFails = Rate(0.03),
            StateFails = Rate(0.1),
            StateAnswerLost = Rate(0.1),
            StateStale = Rate(0.1),
        };
    }

    public void End() => LostCalls = LostAnswers = LateCalls = CommitFails = CommitAnswerLost = CommitLate = ReadFails = StateFails = StateAnswerLost = StateStale = 0;
}
