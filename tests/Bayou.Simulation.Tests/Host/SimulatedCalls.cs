using Bayou.GrainHost.Testing;
using Bayou.Grains.Tables;
using Bayou.Slices;
using Orleans.Runtime;

namespace Bayou.Simulation.Tests.Host;

/// <summary>Calls between grains: most arrive at once, some late and so behind later ones, some never.</summary>
internal sealed class SimulatedCalls(SimulatedTime time, Random random, Faults faults, Mutation mutation, Tally tally) : CallInterceptor
{
    public override void Send(GrainId target, string method, object?[] arguments, Action deliver)
    {
        if (arguments is [CatchUpAssignment]) tally.CatchUps++;
        // A table that takes a slice with a gap: every slice says that it begins where the table is, or before.
        if (mutation == Mutation.GapAccepted && arguments is [Slice slice, ..])
            arguments[0] = Mutations.FromTheBeginning(slice);
        if (random.NextDouble() < faults.LostCalls) return;
        if (random.NextDouble() < faults.LateCalls) time.After(TimeSpan.FromMilliseconds(random.Next(1, 3500)), deliver);
        else deliver();
    }
}
