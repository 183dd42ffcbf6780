using Bayou.GrainHost.Testing;
using Bayou.Grains.Tables;
using Bayou.Simulation.Tests.Failures;
using Bayou.Slices;
using Orleans.Runtime;

namespace Bayou.Simulation.Tests.Host;

/// <summary>Calls between grains: most arrive at once, some late and so behind later ones, some never; and so do their answers, late ones excepted.</summary>
internal sealed class SimulatedCalls(SimulatedTime time, Random random, Faults faults, Mutation mutation, Tally tally) : CallInterceptor
{
    private readonly HashSet<(GrainId, int)> _episodes = [];

    /// <summary>The moment at which a call or its answer is lost on purpose, or null.</summary>
    public FailurePoint? Failure { get; set; }

    /// <summary>Whether calls of a method are lost, one and all.</summary>
    public Func<string, bool> Loses { get; set; } = _ => false;

    /// <summary>Told of every call that begins an episode in which a table is behind in a partition.</summary>
    public Action<GrainId> FellBehind { get; set; } = _ => { };

    public override void Send(GrainId target, string method, object?[] arguments, Action deliver)
    {
        if (arguments is [CatchUpAssignment assignment])
        {
            tally.CatchUps++;
            if (_episodes.Add((target, assignment.Episode))) FellBehind(target);
        }

        // A table that takes a slice with a gap: every slice says that it begins where the table is, or before.
        if (mutation == Mutation.GapAccepted && arguments is [Slice slice, ..])
            arguments[0] = Mutations.FromTheBeginning(slice);
        if (Failure is { } failure && StepOf(method) is { } step && failure.IsLostBefore(step)) return;
        if (Loses(method) || random.NextDouble() < faults.LostCalls) return;
        if (random.NextDouble() < faults.LateCalls) time.After(TimeSpan.FromMilliseconds(random.Next(1, 3500)), deliver);
        else deliver();
    }

    public override bool Answer(GrainId target, string method, object? result)
    {
        if (result is AcceptReply { Answer: AcceptAnswer.Full }) tally.Full++;
        if (Failure is { } failure && StepOf(method) is { } step && failure.IsLostAfter(step)) return false;
        if (random.NextDouble() >= faults.LostAnswers) return true;
        tally.LostAnswers++;
        return false;
    }

    private static Step? StepOf(string method) => method switch
    {
        "IRouterGrain.RouteAsync" => Step.Route,
        "ITableGrain.AcceptAsync" => Step.Accept,
        "IPartitionGrain.CatchUpProgressAsync" => Step.HandBack,
        _ => null,
    };
}
