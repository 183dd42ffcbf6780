using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>Chooses what a broker is asked for next, so that memory stays within its budget and every reader gets its turn. Pure but for what it fills.</summary>
/// <param name="budget">The memory.</param>
/// <param name="maxBytes">Most bytes that a response may hold.</param>
/// <param name="mayMeet">Whether several readers may read one partition. A fetch then asks for one of them after another.</param>
internal sealed class FetchPlanner(ReadAheadBudget budget, int maxBytes, bool mayMeet)
{
    /// <summary>Plans what to ask <paramref name="node"/> for at <paramref name="now"/>, in milliseconds of the tick count.</summary>
    public void Fill(FetchPlan plan, int node, List<FetchTarget> targets, long now)
    {
        plan.Clear();
        var total = 0L;
        foreach (var target in targets) total += target.Ahead.HeldBytes;
        plan.MaxBytes = budget.ResponseAllowance(total, maxBytes);
        // Whoever comes first gets the response's bytes: a different one each time.
        for (var i = 0; i < targets.Count; i++) Consider(targets[(int)(((uint)plan.Number + (uint)i) % (uint)targets.Count)], node, now, total, targets.Count, plan);
    }

    private void Consider(FetchTarget target, int node, long now, long total, int count, FetchPlan plan)
    {
        if (target.Node != node || target.MustValidate || target.Ahead.Ended) return;
        if (target.NotBefore > now)
        {
            plan.Due(TimeSpan.FromMilliseconds(target.NotBefore - now));
            return;
        }

        var allowance = budget.Allowance(target.Ahead.HeldBytes, total, count);
        if (allowance == 0 || (mayMeet && IsAsked(target.Ahead.Source, plan)))
        {
            plan.HeldBack = true;
            return;
        }

        plan.LeaderOnly |= target.LeaderOnlyUntil > now;
        plan.Asks.Add(new FetchAsk(target, target.Ahead.Next, target.LeaderEpoch, allowance));
    }

    // Only catch-up readers meet on a partition, and they are few.
    private static bool IsAsked(TopicPartition partition, FetchPlan plan)
    {
        foreach (var ask in plan.Asks)
            if (ask.Target.Ahead.Source == partition) return true;
        return false;
    }
}
