using Bayou.Silos;

namespace Bayou.Cli.Tests;

/// <summary>A held state directory, as a running silo has it.</summary>
internal static class SiloFolder
{
    public static StateDirectory Create(string workingDirectory, string name, params string[] pipelines)
    {
        var state = StateDirectory.Take(Path.Combine(workingDirectory, RunningSilos.FolderName, name));
        state.Write(Record(pipelines));
        return state;
    }

    public static SiloRecord Record(params string[] pipelines) => new()
    {
        Pid = 4711, Command = "bayou run shop.yaml", Started = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), SiloPort = 1, GatewayPort = 2,
        ClusterId = "bayou", ServiceId = "bayou", Pipelines = pipelines,
    };
}
