using Bayou.Console;

namespace Bayou.Cli.Demo;

/// <summary>The folder of a demo: pipeline file, state and tables. A demo replaces an earlier demo's folder and nothing else.</summary>
internal sealed record DemoFolder(string Path)
{
    /// <summary>The pipeline file; it also marks the folder as a demo's.</summary>
    public string PipelineFile => System.IO.Path.Combine(Path, "demo.yaml");

    /// <summary>The state directory.</summary>
    public string State => System.IO.Path.Combine(Path, "state");

    /// <summary>The folder of the tables.</summary>
    public string Lake => System.IO.Path.Combine(Path, "lake");

    /// <summary>Makes the folder, empty.</summary>
    /// <exception cref="CommandFailedException">There is something in it that is not a demo's.</exception>
    public static DemoFolder Create(string path)
    {
        var folder = new DemoFolder(path);
        if (Silos.StateDirectory.FindHolder(folder.State) is { } holder)
            throw new CommandFailedException($"a demo runs in {path} already (process {holder.Pid}); wait for it, or name another folder with --dir");

        if (File.Exists(folder.PipelineFile))
            Directory.Delete(path, recursive: true);
        else if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new CommandFailedException($"{path} is not empty and was not made by a demo; name another folder with --dir");
        Directory.CreateDirectory(folder.Lake);
        return folder;
    }
}
