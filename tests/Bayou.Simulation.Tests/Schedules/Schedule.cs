namespace Bayou.Simulation.Tests.Schedules;

/// <summary>What happens in a run and when: follows from the seed alone.</summary>
internal static class Schedule
{
    private static readonly (EventKind Kind, int Weight)[] s_weights =
    [
        (EventKind.Produce, 100), (EventKind.Gap, 6), (EventKind.KillSilo, 4), (EventKind.LoseState, 2), (EventKind.DuplicateTable, 8), (EventKind.DuplicatePartition, 5),
        (EventKind.KillTable, 8), (EventKind.KillPartition, 6), (EventKind.KillCatchUp, 4), (EventKind.HoldTable, 8), (EventKind.HoldPartition, 4), (EventKind.HoldCatchUp, 3),
        (EventKind.HoldPipeline, 2), (EventKind.Pause, 4), (EventKind.Resume, 5), (EventKind.AddPartition, 1), (EventKind.Retention, 3), (EventKind.ChangeDefinition, 2),
        (EventKind.PauseAll, 2), (EventKind.LoseStateInTakeOver, 20), (EventKind.ClockBack, 2), (EventKind.DuplicatePipeline, 3), (EventKind.OtherWriter, 5), (EventKind.SlowSink, 4), (EventKind.BrokenSink, 3),
    ];

    public static IReadOnlyList<Event> Create(Random random)
    {
        var (events, at, end) = (new List<Event>(), TimeSpan.Zero, TimeSpan.FromSeconds(random.Next(10, 60)));
        var calm = random.Next(100, 600);
        // Each schedule leaves some kinds out, so that the others meet undisturbed.
        var weights = s_weights.Where(each => each.Kind is EventKind.Produce or EventKind.Resume || random.Next(3) > 0).ToArray();
        while (at < end)
        {
            at += TimeSpan.FromMilliseconds(random.Next(1, calm));
            events.Add(new Event(at, Choose(weights, random), random.Next(1 << 20), random.Next(1 << 20)));
        }

        return events;
    }

    private static EventKind Choose((EventKind Kind, int Weight)[] weights, Random random)
    {
        var pick = random.Next(weights.Sum(each => each.Weight));
        foreach (var (kind, weight) in weights)
            if ((pick -= weight) < 0) return kind;
        return EventKind.Produce;
    }
}
