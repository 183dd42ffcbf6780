using System.Text;
using Bayou.PipelineFile;

namespace Bayou.Tests.PipelineFile;

/// <summary>Files made to take long, or to be no text at all.</summary>
public sealed class LimitsTests
{
    private const string TooMany = "the file holds more than 200000 values, counting each use of an alias";

    [Fact]
    public void Parse_too_large_file_is_refused() =>
        Assert.Equal(["1:1: the file is larger than 1 MiB; split it into several pipelines"], Files.Problems(Files.Shop + new string('\n', 1 << 20)));

    [Fact]
    public void Parse_largest_file_is_read() =>
        Assert.Equal("shop", Files.Read(Files.Shop.PadRight(1 << 20, '\n')).Name);

    [Theory]
    [InlineData("[", "]", 33, 33)]
    [InlineData("{a: ", "}", 33, 129)]
    [InlineData("[", "", 1_000_000, 33)]
    public void Parse_deep_nesting_is_refused(string open, string close, int depth, int column) =>
        Assert.Equal(
            [$"1:{column}: lists and mappings are nested more than 32 levels deep"],
            Files.Problems(string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth))));

    [Fact]
    public void Parse_deep_nesting_through_aliases_is_refused()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 40; i++) text.Append($"a{i}: &a{i} [*a{i - 1}]\n");

        Assert.Equal(["31:12: lists and mappings are nested more than 32 levels deep"], Files.Problems(text.ToString()));
    }

    [Fact]
    public void Parse_alias_bomb_is_refused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 20; i++) text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        Assert.EndsWith(TooMany, Assert.Single(Files.Problems(text.ToString())));
    }

    [Fact]
    public void Parse_merge_bomb_is_refused()
    {
        var text = new StringBuilder("a0: &a0 {").AppendJoin(", ", Enumerable.Range(0, 1000).Select(i => $"k{i}: v")).Append("}\n");
        for (var i = 1; i < 1000; i++) text.Append($"a{i}: &a{i} {{ <<: *a{i - 1}, x: *a{i - 1} }}\n");

        Assert.EndsWith(TooMany, Assert.Single(Files.Problems(text.ToString())));
    }

    [Fact]
    public void Parse_too_many_values_is_refused() =>
        Assert.EndsWith(TooMany, Assert.Single(Files.Problems("a: [" + string.Concat(Enumerable.Repeat("x,", 250_000)) + "]")));

    [Fact]
    public void Parse_bytes_that_are_no_text_are_told_with_their_place()
    {
        byte[] bytes = [.. "name: shop\nsource: "u8, 0xC3, 0x28];

        var e = Assert.Throws<PipelineFileException>(() => PipelineFileReader.Parse(bytes, Files.Path, Files.Sinks, Files.Sources, _ => null));

        Assert.Equal("/etc/bayou/shop.yaml:2:9: the file is not UTF-8 text here; save it as UTF-8", e.Message);
    }

    [Fact]
    public void Parse_value_from_the_environment_is_not_shown()
    {
        var problem = Assert.Single(Files.Problems(Files.With("every: 1s", "every: \"${SECRET}\"")));

        Assert.Equal("17:22: 'every' cannot be '${SECRET}'; allowed: a whole number with ms, s, m, h or d, such as 500ms or 10s", problem);
    }

    [Fact]
    public void Parse_empty_value_from_the_environment_is_no_value() =>
        Assert.Equal(["1:7: 'name' has no value; give it one or leave the key out"], Files.Problems(Files.With("name: shop", "name: ${EMPTY}")));
}
