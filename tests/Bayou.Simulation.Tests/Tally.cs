namespace Bayou.Simulation.Tests;

/// <summary>How often what the schedules are for came about, in one run or in many. A run in which nothing went wrong proves nothing.</summary>
internal sealed class Tally
{
    public long Records { get; set; }

    public long Turns { get; set; }

    /// <summary>Commits that the fence refused.</summary>
    public long Refused { get; set; }

    /// <summary>Commits that came again after they had landed.</summary>
    public long Repeated { get; set; }

    /// <summary>Calls that started a catch-up, or had it go on.</summary>
    public long CatchUps { get; set; }

    /// <summary>Ranges that the source lost and that were noted.</summary>
    public long LostRanges { get; set; }

    /// <summary>Versions of the definition that were taken over.</summary>
    public long TakeOvers { get; set; }

    /// <summary>Slices that a table had no room for.</summary>
    public long Full { get; set; }

    /// <summary>Calls that were carried out and not answered.</summary>
    public long LostAnswers { get; set; }

    /// <summary>Starts without the state directory that were refused because the tables were on their way to another definition.</summary>
    public long RefusedStarts { get; set; }

    public void Add(Tally other)
    {
        Records += other.Records;
        Turns += other.Turns;
        Refused += other.Refused;
        Repeated += other.Repeated;
        CatchUps += other.CatchUps;
        LostRanges += other.LostRanges;
        TakeOvers += other.TakeOvers;
        Full += other.Full;
        LostAnswers += other.LostAnswers;
        RefusedStarts += other.RefusedStarts;
    }

    public override string ToString() =>
        $"{Records} records, {Turns} turns, {Refused} commits refused, {Repeated} repeated, {CatchUps} catch-ups, {LostRanges} ranges lost, {TakeOvers} take-overs, {Full} slices found no room, {LostAnswers} answers lost, {RefusedStarts} starts refused";
}
