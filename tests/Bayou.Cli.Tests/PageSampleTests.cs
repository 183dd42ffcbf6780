using System.Text;
using Bayou.Definitions;
using Bayou.PipelineFile;

namespace Bayou.Cli.Tests;

public class PageSampleTests
{
    private const string BesideSource = """
        route: { field: event_type }
        quarantine: { delta: { path: ./lake/quarantine } }
        tables: { orders: { match: [order], columns: { event_id: string }, sink: { delta: { path: ./lake/orders } } } }
        """;

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/configuration.md")]
    [InlineData("docs/sinks/delta.md")]
    [InlineData("docs/sources/kafka.md")]
    public void Pipeline_files_on_pages_are_valid(string page)
    {
        var files = Samples(page).Where(text => text.StartsWith("name:", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, text => Parse(text));
    }

    [Fact]
    public void Sources_on_the_page_of_Kafka_are_valid()
    {
        var sources = Samples("docs/sources/kafka.md").Where(text => !text.StartsWith("name:", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(sources);
        Assert.All(sources, text => Assert.StartsWith("source:\n  kafka:", text, StringComparison.Ordinal));
        Assert.All(sources, text => Parse($"name: page\n{text}{BesideSource}\n"));
    }

    private static IEnumerable<string> Samples(string page) =>
        File.ReadAllText(Repository.Locate(page)).ReplaceLineEndings("\n").Split("```yaml\n")[1..].Select(rest => rest.Split("```")[0]);

    private static PipelineDefinition Parse(string text)
    {
        var connectors = new Connectors();
        return PipelineFileReader.Parse(
            Encoding.UTF8.GetBytes(text), "/etc/bayou/page.yaml", connectors.Sinks, connectors.Sources, name => name.StartsWith("KAFKA_", StringComparison.Ordinal) ? "secret" : null);
    }
}
