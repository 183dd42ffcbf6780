using System.Text.Json;
using Bayou.PipelineFile;

namespace Bayou.Tests.PipelineFile;

public sealed class PipelineFileSchemaTests
{
    private static readonly string Committed = RepositoryFiles.Locate("docs/pipeline.schema.json");

    // BAYOU_WRITE_SCHEMA=1 writes the file instead, after keys or options have changed on purpose.
    [Fact]
    public void Generate_gives_the_committed_file()
    {
        var schema = PipelineFileSchema.Generate(DocumentedFactories.Sinks, DocumentedFactories.Sources);

        if (Environment.GetEnvironmentVariable("BAYOU_WRITE_SCHEMA") == "1") File.WriteAllText(Committed, schema);
        Assert.Equal(File.ReadAllText(Committed), schema);
    }

    [Fact]
    public void Generate_order_of_factories_makes_no_difference() =>
        Assert.Equal(PipelineFileSchema.Generate(Files.Sinks, Files.Sources), PipelineFileSchema.Generate([.. Files.Sinks.Reverse()], [.. Files.Sources.Reverse()]));

    [Fact]
    public void Generate_names_every_option_of_every_sink()
    {
        using var schema = JsonDocument.Parse(PipelineFileSchema.Generate(Files.Sinks, Files.Sources));

        var kinds = schema.RootElement.GetProperty("$defs").GetProperty("sink").GetProperty("properties");
        Assert.Equal(["delta", "probe"], kinds.EnumerateObject().Select(k => k.Name));
        Assert.Equal(StandInSinkFactory.Probe.Options.Select(o => o.Name), kinds.GetProperty("probe").GetProperty("properties").EnumerateObject().Select(o => o.Name));
        Assert.Equal(["path"], kinds.GetProperty("delta").GetProperty("required").EnumerateArray().Select(o => o.GetString()));
    }
}
