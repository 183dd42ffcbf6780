using Bayou.Cluster.Tests.Doubles;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

/// <summary>A changed definition is taken over although any one of its commits fails before it did anything, loses its answer, or is the last before a crash.</summary>
public class TakeOverFailureTests
{
    public static TheoryData<int, CommitFault> Steps
    {
        get
        {
            var steps = new TheoryData<int, CommitFault>();
            for (var step = 0; step < 8; step++)
                foreach (var fault in Enum.GetValues<CommitFault>()) steps.Add(step, fault);
            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Start_changed_definition_one_commit_goes_wrong_every_record_has_one_outcome(int step, CommitFault fault)
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 20; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "c", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 10);
        await fixture.UntilRowsAsync("quarantine", 10);

        var reached = fixture.Destination.BreakCommit(step, fault);
        await fixture.Grain.StartAsync(Define("a", "c"));
        if (fault == CommitFault.Crash && await Task.WhenAny(reached, fixture.UntilStatusAsync(status => status.DefinitionVersion == 2)) == reached)
        {
            await fixture.KillSiloAsync();
            await fixture.StartSiloAsync();
        }

        for (var i = 20; i < 40; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "c", $"{i:000}"));
        await fixture.UntilRowsAsync("a", 20);
        await fixture.UntilStatusAsync(status => status.DefinitionVersion == 2);
        await fixture.UntilOutcomesAsync(40, "a", "c", "quarantine");

        Assert.Equal(Enumerable.Range(0, 40).Where(i => i % 2 == 0).Select(i => $"{i:000}"), fixture.Ids("a"));
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i % 2 == 1).Select(i => (long)i),
            fixture.Destination.Rows("c").Concat(fixture.Destination.Rows("quarantine")).Select(row => row.Offset).Order());
    }
}
