using Bayou.Console;
using Bayou.Definitions;

namespace Bayou.Cli.Tests;

/// <summary>Gives a definition for any file, or refuses it with a message.</summary>
internal sealed class FakeLoader : IPipelineLoader
{
    public string? Problem { get; set; }

    public PipelineDefinition? Definition { get; set; }

    public PipelineDefinition Load(string path) => Problem is null ? Definition ?? Create(Path.GetFileNameWithoutExtension(path)) : throw new CommandFailedException(Problem);

    public static PipelineDefinition Create(string name) => new()
    {
        Name = name,
        Source = new SourceDefinition { Kind = "kafka", Topics = ["events"], Options = [] },
        Route = new RouteDefinition { Field = ["type"] },
        Quarantine = new SinkDefinition { Kind = "delta", Options = [] },
        Tables = [],
    };
}
