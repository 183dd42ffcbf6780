using Bayou.Definitions;
using Bayou.PipelineFile.Sections;
using Bayou.PipelineFile.Yaml;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.PipelineFile;

/// <summary>Reads pipeline files. All problems of a file are found in one reading.</summary>
public static class PipelineFileReader
{
    /// <summary>Reads a file of at most 1 MiB.</summary>
    /// <param name="path">The file; problems name it as it is given here. Relative paths in it are meant from its folder.</param>
    /// <param name="sinks">The registered sinks.</param>
    /// <param name="sources">The registered sources.</param>
    /// <param name="environment">Value of an environment variable, or null when it is not set.</param>
    /// <exception cref="PipelineFileException">The file cannot be read or used.</exception>
    public static PipelineDefinition Load(
        string path, IReadOnlyList<ISinkFactory> sinks, IReadOnlyList<ISourceFactory> sources, Func<string, string?> environment)
    {
        var problems = new ProblemList(path);
        return Read(FileText.Load(path, problems), path, sinks, sources, environment, problems);
    }

    /// <summary>Reads the bytes of a file, UTF-8 and at most 1 MiB, as <see cref="Load"/> does; the file itself need not exist.</summary>
    /// <inheritdoc cref="Load"/>
    public static PipelineDefinition Parse(
        ReadOnlySpan<byte> content, string path, IReadOnlyList<ISinkFactory> sinks, IReadOnlyList<ISourceFactory> sources, Func<string, string?> environment)
    {
        var problems = new ProblemList(path);
        return Read(FileText.Decode(content, problems), path, sinks, sources, environment, problems);
    }

    private static PipelineDefinition Read(
        string? text, string path, IReadOnlyList<ISinkFactory> sinks, IReadOnlyList<ISourceFactory> sources, Func<string, string?> environment, ProblemList problems)
    {
        PipelineDefinition? pipeline = null;
        if (text is not null && FileTree.Read(text, environment, problems) is { } root)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetPathRoot(Path.GetFullPath(path))!;
            pipeline = PipelineSection.Read(new ReadContext(folder, sinks, sources, problems), root);
        }
        problems.ThrowIfAny();
        return pipeline ?? throw new InvalidOperationException("A pipeline file was refused without a reason.");
    }
}
