using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests;

[Collection(BrokerCollection.Name), Trait("Category", "EndToEnd")]
public class DrainTests(LocalBroker broker)
{
    [BrokerFact]
    public async Task Run_asked_to_end_commits_what_it_accepted_and_ends_with_0()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.Events.Start();
        var run = workspace.Run();
        await Deadline.UntilAsync("rows land", () => workspace.AllRows() > 0);

        var second = workspace.Run();
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains($"process {run.Id} ", second.Error);

        run.Terminate();
        Assert.Equal(0, await run.ExitAsync());
        Assert.Contains("draining", run.Error);
        await workspace.DrainAndVerifyAsync(workspace.Run());
    }

    [BrokerFact]
    public async Task Verify_beside_a_running_pipeline_is_fine()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.Events.Start();
        var run = workspace.Run();
        await Deadline.UntilAsync("rows land", () => workspace.AllRows() > 1_000);

        await workspace.CommandAsync(0, "verify", workspace.File, "--state", workspace.State);
        await workspace.CommandAsync(0, "verify", workspace.File);

        await workspace.DrainAndVerifyAsync(run);
    }
}
