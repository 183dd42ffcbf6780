using Bayou.PipelineFile;

namespace Bayou.Cli.Tests;

public class PageSampleTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/configuration.md")]
    [InlineData("docs/sinks/delta.md")]
    public void Pipeline_files_on_pages_are_valid(string page)
    {
        var connectors = new Connectors();
        var files = File.ReadAllText(Repository.Locate(page)).ReplaceLineEndings("\n")
            .Split("```yaml\n")[1..].Select(rest => rest.Split("```")[0]).Where(text => text.StartsWith("name:", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, text => PipelineFileReader.Parse(System.Text.Encoding.UTF8.GetBytes(text), "/etc/bayou/page.yaml", connectors.Sinks, connectors.Sources, _ => null));
    }
}
