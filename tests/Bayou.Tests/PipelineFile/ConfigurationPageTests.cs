using Bayou.PipelineFile.Keys;

namespace Bayou.Tests.PipelineFile;

public sealed class ConfigurationPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFiles.Locate("docs/configuration.md"));

    public static TheoryData<string> Names()
    {
        var keys = FileKeys.All.SelectMany(t => t.Names);
        var options = DocumentedFactories.Sinks.SelectMany(s => s.Options).Select(o => o.Name);
        return [.. keys.Concat(options).Concat(KafkaProperties.SingleWords).Distinct()];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_has_a_row_for_every_key_and_option(string name) =>
        Assert.Contains(Page.Split('\n'), line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal));

    [Fact]
    public void Page_sample_is_the_sample_of_the_tests() =>
        Assert.Contains(Files.Shop, Page, StringComparison.Ordinal);
}
