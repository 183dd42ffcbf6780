using Bayou.Definitions;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

/// <summary>A changed definition is taken over although any one of its commits fails before it did anything, loses its answer, or is the last before a crash.</summary>
public class TakeOverFailureTests
{
    public enum Fault
    {
        Before,
        After,
        Crash,
    }

    public static TheoryData<int, Fault> Steps
    {
        get
        {
            var steps = new TheoryData<int, Fault>();
            for (var step = 0; step < 8; step++)
                foreach (var fault in Enum.GetValues<Fault>()) steps.Add(step, fault);
            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Start_changed_definition_one_commit_goes_wrong_every_record_has_one_outcome(int step, Fault fault)
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 20; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "c", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 10);
        await fixture.UntilRowsAsync("quarantine", 10);

        var reached = BreakCommit(fixture, step, fault);
        await fixture.Grain.StartAsync(Define("a", "c"));
        if (fault == Fault.Crash && await Task.WhenAny(reached, fixture.UntilStatusAsync(status => status.DefinitionVersion == 2)) == reached)
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

    /// <summary>Breaks the commit that comes as number <paramref name="step"/> from now, once; completes when it came.</summary>
    private static Task BreakCommit(PipelineFixture fixture, int step, Fault fault)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = -1;
        Task Break(string owner)
        {
            if (Interlocked.Increment(ref count) != step) return Task.CompletedTask;
            reached.SetResult();
            return fault == Fault.Crash ? Task.Delay(Timeout.Infinite) : Task.FromException(new TimeoutException("The answer is lost."));
        }

        if (fault == Fault.Before) fixture.Destination.Before = Break;
        else fixture.Destination.After = Break;
        return reached.Task;
    }
}
