using Bayou.Cluster.Tests.Doubles;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

/// <summary>Rows and bad rows have one outcome each although any one commit, start cursors and quarantine included, goes wrong.</summary>
public class CommitFailureTests
{
    public static TheoryData<int, CommitFault> Steps
    {
        get
        {
            var steps = new TheoryData<int, CommitFault>();
            for (var step = 0; step < 9; step++)
                foreach (var fault in Enum.GetValues<CommitFault>()) steps.Add(step, fault);
            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Run_one_commit_goes_wrong_every_record_has_one_outcome(int step, CommitFault fault)
    {
        await using var fixture = Create(2);
        var reached = fixture.Destination.BreakCommit(step, fault);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        for (var i = 0; i < 40; i++)
        {
            fixture.Topic.Add(i % 2, (i % 4) switch { 0 => Event("a", $"{i:000}"), 1 => Event("b", $"{i:000}"), 2 => """{"type":"a","n":1}""", _ => "no json" });
            if (i % 20 != 19) continue;
            var arrived = fixture.UntilOutcomesAsync(i + 1, "a", "b", "quarantine");
            if (fault == CommitFault.Crash && await Task.WhenAny(arrived, reached) == reached && fixture.IsUp)
            {
                reached = Task.Delay(Timeout.Infinite);
                await fixture.KillSiloAsync();
                await fixture.StartSiloAsync();
            }

            await arrived;
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i * 4:000}"), fixture.Ids("a"));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i * 4 + 1:000}"), fixture.Ids("b"));
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i % 4 > 1).Select(i => (i % 2, (long)(i / 2))).Order(),
            fixture.Destination.Rows("quarantine").Select(row => (row.Partition.Partition, row.Offset)).Order());
    }
}
