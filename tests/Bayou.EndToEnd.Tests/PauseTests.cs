using System.Text.Json;
using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests;

[Collection(BrokerCollection.Name), Trait("Category", "EndToEnd")]
public class PauseTests(LocalBroker broker)
{
    [BrokerFact]
    public async Task Pause_table_survives_a_crash_and_resume_catches_up()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.Events.Produce(5_000);
        var run = workspace.Run();
        await workspace.UntilAllLandedAsync(run);
        await workspace.CommandAsync(0, "pause", "shop/order", "--state", workspace.State);
        var paused = workspace.Rows("order");
        await run.KillAsync();

        run = workspace.Run();
        workspace.Events.Produce(20_000);
        await Deadline.UntilAsync("the other tables go on", () => workspace.Rows("click") > 2_000 && workspace.Rows("error") > 2_000);
        var status = JsonDocument.Parse(await workspace.CommandAsync(0, "status", "--json", "--state", workspace.State)).RootElement;
        Assert.Equal("paused", status.GetProperty("pipelines")[0].GetProperty("tables")[0].GetProperty("state").GetString());
        Assert.Equal(paused, workspace.Rows("order"));

        await workspace.CommandAsync(0, "resume", "shop/order", "--state", workspace.State);
        await workspace.DrainAndVerifyAsync(run);
    }
}
