using Bayou.Cli.Commands;
using Bayou.Console;
using Bayou.Console.Commands;

namespace Bayou.Cli;

/// <summary>All commands of <c>bayou</c>.</summary>
internal static class BayouCommands
{
    /// <summary>The tree, ready to run a command line.</summary>
    public static CommandTree Create(CliContext context)
    {
        var tree = new CommandTree("Bayou lands one Kafka topic of mixed events in many tables, each record exactly once.", context.Terminal);
        DemoCommand.AddTo(tree, context);
        RunCommand.AddTo(tree, context);
        ValidateCommand.AddTo(tree, context);
        LoadCommand.AddTo(tree, context);
        VerifyCommand.AddTo(tree, context);
        ClientCommands.AddTo(tree, context.Terminal, context.Silos, context.Pipelines, context.Time);
        SiloCommand.AddTo(tree, context);
        QuarantineCommand.AddTo(tree, context);
        VacuumCommand.AddTo(tree, context);
        SchemaCommand.AddTo(tree, context);
        TestCommand.AddTo(tree, context);
        BenchCommand.AddTo(tree, context);
        ChaosCommand.AddTo(tree, context);
        HelpCommand.AddTo(tree);
        tree.AddRootExamples("bayou demo", "bayou run shop.yaml", "bayou status --watch", "bayou verify shop.yaml", "bayou help run");
        return tree;
    }
}
