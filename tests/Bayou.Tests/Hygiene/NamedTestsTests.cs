using System.Text.RegularExpressions;
using Bayou.Tests.PipelineFile;

namespace Bayou.Tests.Hygiene;

/// <summary>Tests that pages name as proof are there.</summary>
public sealed partial class NamedTestsTests
{
    [Theory]
    [InlineData("docs/guarantees.md")]
    [InlineData("docs/testing.md")]
    [InlineData("docs/decisions/0015-simulation.md")]
    public void Every_test_class_that_a_page_names_exists(string page)
    {
        var text = File.ReadAllText(RepositoryFiles.Locate(page));
        var classes = Sources("*Tests.cs").Where(file => File.ReadAllText(file).Contains($"class {Path.GetFileNameWithoutExtension(file)}", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet();
        var named = TestClass().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(classes));
    }

    [Theory]
    [InlineData("docs/guarantees.md")]
    [InlineData("docs/testing.md")]
    public void Every_folder_of_tests_that_a_page_names_exists(string page)
    {
        var named = TestFolder().Matches(File.ReadAllText(RepositoryFiles.Locate(page))).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, folder => Assert.True(Directory.Exists(RepositoryFiles.Locate(folder)), folder));
    }

    [Fact]
    public void Every_promise_names_a_test_that_shows_it()
    {
        var promises = Promise().Split(File.ReadAllText(RepositoryFiles.Locate("docs/guarantees.md")).Split("## How it holds")[0])[1..];

        Assert.Equal(6, promises.Length);
        Assert.All(promises, promise => Assert.Matches(TestClass(), promise[promise.IndexOf("*Shown by*", StringComparison.Ordinal)..]));
    }

    // The kit's tests run wherever a sink inherits them.
    private static IEnumerable<string> Sources(string pattern) =>
        new[] { "tests", "src/Bayou.Sinks.TestKit" }.SelectMany(folder => Directory.EnumerateFiles(RepositoryFiles.Locate(folder), pattern, SearchOption.AllDirectories));

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"`(tests/[\w./]+)`")]
    private static partial Regex TestFolder();

    [GeneratedRegex(@"(?m)^\d\. \*\*")]
    private static partial Regex Promise();
}
