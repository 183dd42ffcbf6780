using Bayou.Definitions;
using Bayou.Sinks.Console;
using Bayou.Sinks.Tests.Delta;

namespace Bayou.Sinks.Tests.Console;

public sealed class ConsoleSinkTests
{
    private readonly FaultyWriter _writer = new();

    [Fact]
    public async Task Write_pretty_prints_place_time_and_the_values_that_are_there()
    {
        await using var sink = Create(Table(), ("format", "pretty"));

        await sink.WriteAsync(Batch([[7L, "a \"b\"", null], [8L, null, (Int128)125]]), default);

        Assert.Equal("orders  events/0@3 2023-11-14 22:13:23  id=7 note=\"a \\u0022b\\u0022\"\norders  events/0@4 2023-11-14 22:13:24  id=8 m=1.25\n", _writer.Text);
    }

    [Fact]
    public async Task Write_json_prints_the_table_and_the_row_on_a_line()
    {
        await using var sink = Create(Table(), ("format", "json"));

        await sink.WriteAsync(Batch([[7L, "x", null]]), default);

        Assert.Equal("""{"table":"orders","row":{"_topic":"events","_partition":0,"_offset":3,"_timestamp":"2023-11-14T22:13:23.000003Z","id":7,"note":"x","m":null}}""" + "\n", _writer.Text);
    }

    [Fact]
    public async Task Write_json_of_a_table_without_metadata_has_its_own_columns_alone()
    {
        await using var sink = Create(Table() with { Metadata = false }, ("format", "json"));

        await sink.WriteAsync(Batch([[7L, "x", null]]), default);

        Assert.Equal("""{"table":"orders","row":{"id":7,"note":"x","m":null}}""" + "\n", _writer.Text);
    }

    [Theory]
    [InlineData("pretty")]
    [InlineData("json")]
    public async Task Write_text_that_a_terminal_would_act_on_prints_it_escaped(string format)
    {
        await using var sink = Create(Table(), ("format", format));

        await sink.WriteAsync(Batch([[7L, "\u001b[2J\u009b31m\u202e\r\n\u0007", null]]), default);

        Assert.DoesNotContain(_writer.Text, character => character is not '\n' and (< ' ' or > '~'));
        Assert.Equal(1, _writer.Text.Count(character => character == '\n'));
        Assert.Contains("\\u001B[2J\\u009B31m\\u202E\\r\\n\\u0007", _writer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_beyond_the_limit_prints_no_more_rows_and_says_so_once()
    {
        await using var sink = Create(Table(), ("limit", "2"));

        await sink.WriteAsync(Batch([[1L, null, null]]), default);
        await sink.WriteAsync(Batch([[2L, null, null], [3L, null, null]]), default);
        await sink.WriteAsync(Batch([[4L, null, null]]), default);

        Assert.Equal(
            "orders  events/0@3 2023-11-14 22:13:23  id=1\norders  events/0@3 2023-11-14 22:13:23  id=2\norders  limit of 2 rows reached: further rows are taken and not printed\n",
            _writer.Text);
    }

    [Fact]
    public async Task Write_to_a_broken_pipe_is_transient()
    {
        _writer.Fault = TestKit.SinkFault.BeforeData;
        await using var sink = Create(Table());

        var failure = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(Batch([[1L, null, null]]), default));

        Assert.Equal(SinkErrorKind.Transient, failure.Kind);
        Assert.Equal("Printing batch b of table orders: The pipe is broken. It is printed again, so that some of its rows may be there twice.", failure.Message);
    }

    [Theory]
    [InlineData("format", "xml", "format is xml; it is pretty or json.")]
    [InlineData("limit", "-1", "limit is -1; it is a whole number, 0 or more.")]
    [InlineData("limit", "many", "limit is many; it is a whole number, 0 or more.")]
    public void Validate_wrong_option_names_it(string option, string value, string expected)
    {
        Assert.Equal([expected], new ConsoleSinkFactory().Validate(With(Table(), (option, value))));
        Assert.Equal(SinkErrorKind.Fatal, Assert.Throws<SinkException>(() => Create(Table(), (option, value))).Kind);
    }

    private ISink Create(TableDefinition table, params (string, string)[] options) =>
        new ConsoleSinkFactory(new ConsoleOutput(_writer)).Create(Tables.Context(With(table, options)));

    private static TableDefinition Table() => Tables.Table(Tables.Column("id", ColumnKind.Long), Tables.Column("note", ColumnKind.String), Tables.Column("m", ColumnKind.Decimal, 9, 2));

    private static TableDefinition With(TableDefinition table, params (string Name, string Value)[] options) =>
        table with { Sink = new SinkDefinition { Kind = "console", Options = options.ToDictionary(option => option.Name, option => option.Value) } };

    private static SinkBatch Batch(object?[][] values) => new() { Id = "b", Rows = [Rows.Block(Table(), 3, values)] };
}
