using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests;

[Collection(BrokerCollection.Name), Trait("Category", "EndToEnd")]
public class BoundedRunTests(LocalBroker broker)
{
    private const int Count = 100_000;

    [BrokerFact]
    public async Task Run_bounded_mixed_events_every_one_lands_once()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.ChangeFile("    start: earliest\n", "    start: earliest\n    end: latest\n");
        workspace.Events.Produce(Count);

        var run = workspace.Run();
        var exit = await run.ExitAsync();

        Assert.True(exit == 0, $"bayou run ended with {exit}: {run.Out}{run.Error}");
        var report = await workspace.VerifyAsync();
        Assert.Equal(11, report.GetProperty("tables").GetArrayLength());
        Assert.Equal(0, report.GetProperty("filtered").GetInt64());
        if (SharedTools.Lake is null) return;
        foreach (var table in report.GetProperty("tables").EnumerateArray().Where(table => table.GetProperty("name").GetString() != "_quarantine"))
        {
            var name = table.GetProperty("name").GetString()!;
            var info = (await Workspace.LakeAsync("info", Path.Combine(workspace.Lake, name))).Single();
            Assert.Equal(table.GetProperty("counts").GetProperty("rows").GetInt64(), info.GetProperty("rows").GetInt64());
        }
    }

    [BrokerFact]
    public async Task Verify_row_taken_out_and_row_written_twice_are_found()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.ChangeFile("    start: earliest\n", "    start: earliest\n    end: latest\n");
        workspace.Events.Produce(2_000);
        Assert.Equal(0, await workspace.Run().ExitAsync());

        // One table's newest data file is added to its log a second time under another name; another table's is taken out of its log.
        DamagedTable.AddFileAgain(Path.Combine(workspace.Lake, "order"));
        DamagedTable.RemoveFile(Path.Combine(workspace.Lake, "click"));

        var text = await workspace.CommandAsync(1, "verify", workspace.File, "--state", workspace.State);
        Assert.Contains("doubled", text);
        Assert.Matches(@"\nlost \d+ in click: ", text);
        Assert.Matches(@"\ndoubled \d+ in order: ", text);
        Assert.DoesNotMatch(@"\nwrong ", text);
    }
}
