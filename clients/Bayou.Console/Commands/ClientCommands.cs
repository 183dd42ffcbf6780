using System.CommandLine;
using Bayou.Console.Connections;

namespace Bayou.Console.Commands;

/// <summary>The verbs that speak to a running silo.</summary>
public static class ClientCommands
{
    /// <summary>Adds status, start, pause, resume, stop and query.</summary>
    public static void AddTo(CommandTree tree, Terminal terminal, ISiloConnector silos, IPipelineLoader pipelines, TimeProvider time)
    {
        StatusCommand.AddTo(tree, terminal, silos, time);
        StartCommand.AddTo(tree, terminal, silos, pipelines);
        PauseCommand.AddTo(tree, terminal, silos);
        ResumeCommand.AddTo(tree, terminal, silos);
        StopCommand.AddTo(tree, terminal, silos);
        QueryCommand.AddTo(tree, terminal, silos);
    }

    internal static Option<string?> State() =>
        new("--state") { Description = "State directory of the silo. Default: the only one that runs under ./.bayou.", HelpName = "DIR" };

    internal static Argument<string> TargetArgument() =>
        new("target") { HelpName = "PIPELINE|TABLE", Description = "A pipeline, a table (orders), or a table of a pipeline (shop/orders)." };
}
