using Bayou.Definitions;
using Bayou.Grains.Routing;
using static Bayou.Tests.Routing.RoutingSamples;

namespace Bayou.Tests.Routing;

public class RoutingPlanTests
{
    private static readonly ColumnDefinition Id = Column("id", ColumnKind.Long);

    [Fact]
    public void Compile_orders_the_tables_by_name_and_puts_the_quarantine_last()
    {
        var plan = Plan("t", RouteDefinition.Quarantine, Table("b", ["1"], Id), Table("a", ["2"], Id));

        Assert.Equal(["a", "b", "_quarantine"], plan.Targets.Select(target => target.Name));
        Assert.Equal(2, plan.QuarantineTarget);
        Assert.Equal([0, 1, 2, -1], new[] { "a", "b", "_quarantine", "c" }.Select(plan.IndexOf));
        Assert.Equal(7, plan.Version);
    }

    [Theory]
    [InlineData("1", new[] { 0, 1 })]
    [InlineData("2", new[] { 0 })]
    [InlineData("12345678", new[] { 1 })]
    [InlineData("a longer value é", new[] { 2 })]
    [InlineData("", new[] { 2 })]
    [InlineData("3", new[] { 3 })]
    [InlineData("12345679", new[] { 3 })]
    public void TargetsOf_value_names_every_table_that_matches(string value, int[] expected)
    {
        var plan = Plan("t", RouteDefinition.Quarantine, Table("a", ["1", "2", "2"], Id), Table("b", ["12345678", "1"], Id), Table("c", ["a longer value é", ""], Id));

        Assert.Equal(expected, plan.TargetsOf(System.Text.Encoding.UTF8.GetBytes(value)));
    }

    [Fact]
    public void TargetsOf_many_values_finds_each()
    {
        var values = Enumerable.Range(0, 3000).Select(number => $"value-{number % 7}-{number}").ToArray();
        var plan = Plan("t", RouteDefinition.Filter, [.. values.Select((value, index) => Table($"t{index:0000}", [value], Id))]);

        for (var i = 0; i < values.Length; i++) Assert.Equal([i], plan.TargetsOf(System.Text.Encoding.UTF8.GetBytes(values[i])));
    }

    [Theory]
    [InlineData("filter", new int[0])]
    [InlineData("quarantine", new[] { 1 })]
    [InlineData("a", new[] { 0 })]
    public void TargetsOf_unknown_value_follows_the_rule(string unmatched, int[] expected) =>
        Assert.Equal(expected, Plan("t", unmatched, Table("a", [], Id)).TargetsOf("x"u8));

    [Fact]
    public void Compile_refuses_what_cannot_be_routed()
    {
        Assert.Throws<ArgumentException>(() => Plan("t", "nowhere", Table("a", [], Id)));
        Assert.Throws<ArgumentException>(() => Plan("t", QuarantineTable.Name, Table("a", [], Id)));
        Assert.Throws<ArgumentException>(() => Plan("t", "filter", Table("a", [], Id), Table("a", [], Id)));
        Assert.Throws<ArgumentException>(() => Plan("t", "filter", Table("a", [], Id with { Path = [] })));
    }
}
