using Bayou.Silos;

namespace Bayou.Console.Connections;

/// <summary>Decides which running silo a command is meant for.</summary>
public static class SiloChoice
{
    /// <summary>
    /// The silo that holds <paramref name="state"/>, or without it the only one under the working directory, or of several the only one that was started for
    /// <paramref name="pipeline"/>.
    /// </summary>
    /// <exception cref="CommandFailedException">There is none, or there are several; the message lists them.</exception>
    public static SiloRecord Choose(string workingDirectory, string? state, string? pipeline = null)
    {
        if (state is not null)
        {
            var path = Path.GetFullPath(state, workingDirectory);
            return StateDirectory.FindHolder(path)
                ?? throw new CommandFailedException($"no silo runs on the state directory {path}; start one with 'bayou run FILE --state {state}'");
        }

        var running = RunningSilos.Find(workingDirectory);
        if (running.Count == 0)
        {
            throw new CommandFailedException(
                $"no silo runs here (looked at {Path.Combine(workingDirectory, RunningSilos.FolderName)}/*); start one with 'bayou run FILE', or name its state directory with --state DIR");
        }

        var named = running.Where(silo => pipeline is not null && silo.Record.Pipelines.Contains(pipeline)).ToArray();
        if (running.Count == 1 || named.Length == 1)
            return running.Count == 1 ? running[0].Record : named[0].Record;

        var list = running.Select(silo => $"  --state {Path.GetRelativePath(workingDirectory, silo.Path)}  process {silo.Record.Pid}, {string.Join(", ", silo.Record.Pipelines)}");
        throw new CommandFailedException($"{running.Count} silos run here; choose one:\n{string.Join('\n', list)}");
    }
}
