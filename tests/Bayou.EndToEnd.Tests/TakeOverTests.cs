using Bayou.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Bayou.EndToEnd.Tests;

[Collection(BrokerCollection.Name), Trait("Category", "EndToEnd")]
public class TakeOverTests(LocalBroker broker, ITestOutputHelper output)
{
    [BrokerFact]
    public async Task Run_changed_file_killed_in_the_middle_of_the_take_over_every_record_by_the_rules_of_its_offset()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        workspace.Events.Start();
        var run = workspace.Run();
        await Deadline.UntilAsync("every table has rows", () => workspace.Rows("error") > 100 && workspace.Rows("order") > 100);
        await workspace.CommandAsync(0, "pause", "shop/order", "--state", workspace.State);
        await Deadline.UntilAsync("others are ahead of the table that is paused", () => workspace.Rows("click") > workspace.Rows("order") + 1_000);
        await run.KillAsync();

        // Clicks go to the table of views from here on.
        workspace.ChangeFile("    match: [click]\n", "    match: [klick]\n");
        workspace.ChangeFile("    match: [view]\n", "    match: [view, click]\n");
        run = workspace.Run();
        await Deadline.UntilAsync("the take-over has begun", () => FrozenSinks(workspace) > 2);
        await run.KillAsync();
        output.WriteLine($"killed with {FrozenSinks(workspace)} sinks frozen and version {await workspace.VersionAsync()} in force");
        run = workspace.Run();
        await Deadline.UntilAsync(() => $"version 2 is in force: {run.Error}", async () => await workspace.VersionAsync() == 2);
        var views = workspace.Rows("view");
        await Deadline.UntilAsync("the new rules are in force", () => workspace.Rows("view") > views + 500);
        await workspace.CommandAsync(0, "resume", "shop/order", "--state", workspace.State);

        var report = await workspace.DrainAndVerifyAsync(run);

        Assert.Equal(2, report.GetProperty("version").GetInt32());
        Assert.True(workspace.Rows("view") > workspace.Rows("search") * 1.1);
    }

    // Only the newest commits are of interest, and reading them must be quick.
    private static int FrozenSinks(Workspace workspace) => Directory.GetDirectories(workspace.Lake).Count(table =>
        Directory.GetFiles(Path.Combine(table, "_delta_log"), "*.json").Where(file => Path.GetFileName(file).Length == 25).Order(StringComparer.Ordinal).TakeLast(2)
            .Any(file => File.ReadAllText(file).Contains("""\"to\":2""")));
}
