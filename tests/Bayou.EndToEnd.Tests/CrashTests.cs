using Bayou.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Bayou.EndToEnd.Tests;

[Collection(BrokerCollection.Name), Trait("Category", "EndToEnd")]
public class CrashTests(LocalBroker broker, ITestOutputHelper output)
{
    [BrokerFact]
    public async Task Run_killed_at_random_moments_nothing_lost_nothing_doubled()
    {
        var chaos = new Chaos(output);
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.Events.Start();

        for (var kill = 0; kill < 6; kill++) await chaos.KillAsync(workspace, workspace.Run());

        await workspace.DrainAndVerifyAsync(workspace.Run());
        output.WriteLine($"{workspace.Events.Count} events, {workspace.Commits()} commits");
    }

    [BrokerFact]
    public async Task Run_killed_and_all_state_deleted_goes_on_from_the_sinks()
    {
        var chaos = new Chaos(output);
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.Events.Start();

        for (var kill = 0; kill < 3; kill++)
        {
            await chaos.KillAsync(workspace, workspace.Run());
            if (Directory.Exists(workspace.State)) Directory.Delete(workspace.State, recursive: true);
        }

        await workspace.DrainAndVerifyAsync(workspace.Run());
    }
}
