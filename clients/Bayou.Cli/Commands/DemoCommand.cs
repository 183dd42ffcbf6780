using System.CommandLine;
using Bayou.Cli.Demo;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou demo</c>: produces mixed events, lands them in ten tables, and proves that none was lost or doubled.</summary>
internal static class DemoCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var events = NumberOption.Create("--events", 1_000_000, 1, long.MaxValue, "Number of events.");
        var partitions = NumberOption.Create("--partitions", 50, 1, 10_000, "Partitions of the topic.");
        var folder = new Option<string>("--dir") { HelpName = "DIR", DefaultValueFactory = _ => "./bayou-demo", Description = "Folder for tables and state; an earlier demo's is replaced." };
        var bootstrap = new Option<string?>("--bootstrap") { HelpName = "HOST:PORT", Description = "Use these brokers and a new topic there. Default: a broker inside this process." };
        var keep = new Option<bool>("--keep") { Description = "Keep the broker and its topic until interrupted." };

        var command = new Command("demo", "Land a million mixed events in ten Delta tables, and prove that none was lost or doubled.") { events, partitions, folder, bootstrap, keep };
        var silo = new SiloOptions(command, "DIR/state");
        command.SetAction((parsed, stopping) =>
        {
            var demo = new DemoRun(context, parsed.GetValue(events), parsed.GetValue(partitions), parsed.GetValue(bootstrap), parsed.GetValue(keep));
            var place = DemoFolder.Create(context.Terminal.FullPath(parsed.GetValue(folder)!));
            return demo.RunAsync(place, () => silo.Create(context, parsed, place.State, ["demo"]), stopping);
        });
        tree.Add(command, ["bayou demo", "bayou demo --events 100000 --dir /tmp/demo", "bayou demo --bootstrap kafka:9092 --keep"]);
    }
}
