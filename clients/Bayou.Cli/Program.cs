using Bayou.Cli;
using Bayou.Console;
using Bayou.Console.Connections;

// The only place that reads the process's surroundings.
using var signals = new Signals();
var live = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
var color = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
var terminal = new Terminal(System.Console.Out, System.Console.Error, live, color, Environment.CurrentDirectory, sharesScreen: !System.Console.IsErrorRedirected);
var connectors = new Connectors();
var context = new CliContext
{
    Terminal = terminal,
    Silos = new SiloConnector(),
    Pipelines = new PipelineLoader(connectors, Environment.GetEnvironmentVariable),
    Connectors = connectors,
    Home = Environment.GetEnvironmentVariable("BAYOU_HOME"),
    Dotnet = Environment.GetEnvironmentVariable("BAYOU_DOTNET") ?? "dotnet",
    Arguments = args,
};
return await BayouCommands.Create(context).RunAsync(args, signals.Stopping);
