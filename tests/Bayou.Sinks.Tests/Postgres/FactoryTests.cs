using Bayou.Definitions;
using Bayou.Sinks.Postgres;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>Options, and what is said of wrong ones.</summary>
public sealed class FactoryTests
{
    private const string Connection = "Host=db;Database=shop;Username=bayou;Password=hunter2";

    [Theory]
    [InlineData("orders", null, "orders")]
    [InlineData("shop.orders", "shop", "orders")]
    [InlineData("\"a.b\".\"c\"\"d\"", "a.b", "c\"d")]
    [InlineData("Shop.Örders x", "Shop", "Örders x")]
    public void TryParse_of_a_name_keeps_it(string text, string? schema, string table)
    {
        Assert.True(TableName.TryParse(text, out var name));
        Assert.Equal(new TableName(schema, table), name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a.b.c")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("a\"b")]
    [InlineData("a\0b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void TryParse_of_no_name_is_refused(string text) => Assert.False(TableName.TryParse(text, out _));

    [Fact]
    public void Validate_of_good_options_finds_nothing() =>
        Assert.Empty(Validate(new() { ["connection"] = Connection, ["table"] = "shop.orders", ["offsetsSchema"] = "bayou", ["lockTimeout"] = "2s", ["idleTimeout"] = "1m" }));

    [Theory]
    [InlineData("Host=db;Password=hunter2;word2")]
    [InlineData("Host=db;Pasword=hunter2")]
    [InlineData("Host=db;Port=hunter2")]
    [InlineData("postgres://u:hunter2@db/shop")]
    public void Validate_of_a_bad_connection_string_shows_nothing_of_it(string connection)
    {
        var error = Assert.Single(Validate(new() { ["connection"] = connection, ["table"] = "orders" }));

        Assert.StartsWith("connection cannot be read", error);
        Assert.DoesNotContain("hunter2", error);
        Assert.DoesNotContain("word2", error);
    }

    [Fact]
    public void Validate_names_every_option_and_column_that_is_wrong()
    {
        var table = Table(Column("_topic", ColumnKind.String), Column(new string('x', 64), ColumnKind.Long));
        var errors = new PostgresSinkFactory().Validate(table with { Sink = new SinkDefinition { Kind = "postgres", Options = new() { ["table"] = "a.b.c", ["lockTimeout"] = "1ms", ["idleTimeout"] = "never", ["offsetsSchema"] = "" } } });

        Assert.Equal(["Column _topic", $"Column {new string('x', 64)}", "connection must be given", "table is 'a.b.c'", "offsetsSchema is ''", "lockTimeout is 1ms", "idleTimeout is never"],
            errors.Zip(["Column _topic", $"Column {new string('x', 64)}", "connection must be given", "table is 'a.b.c'", "offsetsSchema is ''", "lockTimeout is 1ms", "idleTimeout is never"], (error, start) => error[..Math.Min(error.Length, start.Length)]));
        Assert.Equal(7, errors.Count);
    }

    [Fact]
    public void Create_with_wrong_options_is_fatal()
    {
        var table = Ids() with { Sink = new SinkDefinition { Kind = "postgres", Options = [] } };

        Assert.Equal(SinkErrorKind.Fatal, Assert.Throws<SinkException>(() => new PostgresSinkFactory().Create(Context(table))).Kind);
    }

    private static IReadOnlyList<string> Validate(Dictionary<string, string> options) =>
        new PostgresSinkFactory().Validate(Ids() with { Sink = new SinkDefinition { Kind = "postgres", Options = options } });
}
