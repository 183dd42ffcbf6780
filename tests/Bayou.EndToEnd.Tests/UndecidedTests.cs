using System.Text.Json;
using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests;

[Collection(BrokerCollection.Name), Trait("Category", "EndToEnd")]
public class UndecidedTests(LocalBroker broker)
{
    private const int PerPartition = 250;

    [BrokerFact]
    public async Task Verify_records_gone_from_the_topic_and_a_loss_that_was_accepted_are_told_apart()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.ChangeFile("    start: earliest\n", "    start: earliest\n    end: latest\n    onDataLoss: continue\n");
        workspace.Events.Produce(PerPartition * Workspace.Partitions);
        Assert.Equal(0, await workspace.Run().ExitAsync());

        // Offsets [250, 300) of partition 3 are never read; those below were.
        workspace.Events.Produce(PerPartition * Workspace.Partitions);
        await workspace.ExpireAsync(3, PerPartition + 50);
        var run = workspace.Run();
        Assert.True(await run.ExitAsync() == 0, run.Error);

        var report = JsonDocument.Parse(await workspace.CommandAsync(3, "verify", workspace.File, "--state", workspace.State, "--json")).RootElement;
        Assert.Equal("undecided", report.GetProperty("verdict").GetString());
        Assert.Equal(0, report.GetProperty("problems").GetArrayLength());
        var loss = Assert.Single(report.GetProperty("acceptedLosses").EnumerateArray());
        Assert.Equal((3, 250L, 300L), (loss.GetProperty("partition").GetInt32(), loss.GetProperty("first").GetInt64(), loss.GetProperty("next").GetInt64()));
        Assert.Equal(11, report.GetProperty("undecided").GetArrayLength());
        Assert.All(report.GetProperty("undecided").EnumerateArray(), finding => Assert.Equal(("expired", 250L), (finding.GetProperty("finding").GetString(), finding.GetProperty("count").GetInt64())));
        Assert.Equal((2 * PerPartition * Workspace.Partitions) - 50, workspace.AllRows());
    }

    [BrokerFact]
    public async Task Verify_without_the_topic_cannot_tell_and_ends_with_3()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.ChangeFile(broker.Address, "127.0.0.1:1");

        await workspace.CommandAsync(3, "verify", workspace.File);
    }
}
