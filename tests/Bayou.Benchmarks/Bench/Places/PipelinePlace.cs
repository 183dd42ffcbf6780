using Bayou.Load;

namespace Bayou.Benchmarks.Bench.Places;

/// <summary>Pipeline file, tables and state of one run. Deleted when disposed.</summary>
internal sealed class PipelinePlace : IDisposable
{
    private PipelinePlace(string folder) => Folder = folder;

    /// <summary>The folder of all of it.</summary>
    public string Folder { get; }

    /// <summary>The pipeline file.</summary>
    public string File => Path.Combine(Folder, "pipeline.yaml");

    /// <summary>The state directory.</summary>
    public string State => Path.Combine(Folder, "state");

    /// <summary>The folder of the tables.</summary>
    public string Lake => Path.Combine(Folder, "lake");

    /// <summary>A place for a pipeline that lands generated events.</summary>
    /// <param name="root">The folder to make it in.</param>
    /// <param name="name">The pipeline's name.</param>
    /// <param name="address">The broker.</param>
    /// <param name="topic">The topic.</param>
    public static PipelinePlace Create(string root, string name, string address, BenchTopic topic) => Create(root, lake => DemoPipeline.Create(new DemoOptions
    {
        Name = name, BootstrapServers = address, Topic = topic.Name, LakeFolder = lake, Types = topic.Types, Note = topic.SizeBytes > 0,
    }));

    /// <summary>A place for any pipeline.</summary>
    /// <param name="root">The folder to make it in.</param>
    /// <param name="text">The file's text, given the folder of the tables.</param>
    public static PipelinePlace Create(string root, Func<string, string> text)
    {
        var place = new PipelinePlace(Path.Combine(root, Guid.NewGuid().ToString("N")[..12]));
        Directory.CreateDirectory(place.Lake);
        System.IO.File.WriteAllText(place.File, text(place.Lake));
        return place;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
