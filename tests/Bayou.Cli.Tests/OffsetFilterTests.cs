using Bayou.Cli.Quarantine;

namespace Bayou.Cli.Tests;

public class OffsetFilterTests
{
    [Theory]
    [InlineData("3", 3, 0, true)]
    [InlineData("3", 2, 0, false)]
    [InlineData("3:10", 3, 10, true)]
    [InlineData("3:10", 3, 11, false)]
    [InlineData("3:10-12", 3, 12, true)]
    [InlineData("3:10-12", 3, 9, false)]
    [InlineData("3:10-12", 3, 13, false)]
    public void Matches_only_the_named_offsets(string filter, int partition, long offset, bool expected) =>
        Assert.Equal(expected, OffsetFilter.Parse(filter)!.Matches(new QuarantineRow("events", partition, offset, "bad", null, null, null)));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("3:")]
    [InlineData("3:5-4")]
    [InlineData("3:1-2-3")]
    public void Parse_of_something_else_is_null(string filter) => Assert.Null(OffsetFilter.Parse(filter));
}
