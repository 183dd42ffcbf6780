using Bayou.Cli;
using Bayou.Console;
using Bayou.Console.Connections;

namespace Bayou.Cli.Tests;

/// <summary>Runs command lines in this process, in a folder of its own, with captured output.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("bayou-cli-").FullName;

    public FakeSilo Silo { get; init; } = new();

    public FakeLoader Pipelines { get; } = new();

    public FakeTopic Topic { get; } = new();

    public string? Home { get; init; }

    public string Dotnet { get; init; } = "dotnet";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public Task<int> RunAsync(CancellationToken stopping, params string[] arguments)
    {
        var context = new CliContext
        {
            Terminal = new Terminal(_out, _error, isLive: false, color: true, Folder), Silos = Silo, Pipelines = Pipelines, Home = Home, Dotnet = Dotnet, Time = Time, Arguments = arguments,
            Connectors = new Connectors { Sources = [Topic] },
        };
        return BayouCommands.Create(context).RunAsync(arguments, stopping);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
