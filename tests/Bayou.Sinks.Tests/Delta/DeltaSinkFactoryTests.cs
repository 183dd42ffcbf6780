using Bayou.Definitions;
using Bayou.Sinks.Delta;
using Microsoft.Extensions.DependencyInjection;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Options of the pipeline file.</summary>
public sealed class DeltaSinkFactoryTests
{
    [Fact]
    public void AddDeltaSink_registers_the_factory()
    {
        using var services = new ServiceCollection().AddDeltaSink().BuildServiceProvider();

        var factory = services.GetRequiredService<ISinkFactory>();

        Assert.Equal("delta", factory.Kind);
        Assert.Equal(["path", "partitionBy", "checkpointEvery", "rowGroupRows", "targetFileBytes", "compression", "encoding", "compact"], factory.Options.Select(option => option.Name));
    }

    [Fact]
    public void Read_takes_every_option()
    {
        var table = With(("path", "/t"), ("partitionBy:0", "day"), ("checkpointEvery", "10"), ("rowGroupRows", "5000"), ("targetFileBytes", "2000000"), ("compression", "none"), ("encoding", "plain"), ("compact", "50"));
        List<string> errors = [];

        var options = DeltaSinkOptionsValidator.Read(table, errors);

        Assert.Empty(errors);
        Assert.Equal(("/t", "day", 10, 5000, 2_000_000L, "none"),
            (options.Path, options.PartitionBy.Single(), options.CheckpointEvery, options.RowGroupRows, options.TargetFileBytes, options.Compression));
        Assert.Equal((50, "plain"), (options.Compact, options.Encoding));
    }

    [Theory]
    [InlineData("path", "", "path must be given")]
    [InlineData("partitionBy:0", "nope", "partitionBy names nope, which is no column of the table")]
    [InlineData("partitionBy:0", "amount", "partitionBy names amount, which is double")]
    [InlineData("checkpointEvery", "0", "checkpointEvery is 0; it is a whole number from 1 to 100000")]
    [InlineData("rowGroupRows", "many", "rowGroupRows is many")]
    [InlineData("targetFileBytes", "5", "targetFileBytes is 5")]
    [InlineData("compression", "zip", "compression is zip; it is snappy or none")]
    [InlineData("encoding", "new", "encoding is new; it is delta or plain")]
    [InlineData("compact", "1", "compact is 1; it is a whole number from 2 to 100000")]
    public void Validate_names_the_option_and_the_value(string name, string value, string message)
    {
        var error = Assert.Single(new DeltaSinkFactory().Validate(With(("path", "/t"), (name, value))));

        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b", "takes no spaces")]
    [InlineData("_OFFSET", "another column, or a metadata column, has this name")]
    [InlineData("Day", "another column, or a metadata column, has this name")]
    public void Validate_refuses_names_that_a_table_cannot_have(string column, string message)
    {
        var table = With(("path", "/t"));

        var error = Assert.Single(new DeltaSinkFactory().Validate(table with { Columns = [.. table.Columns, Column(column, ColumnKind.Int)] }));

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_takes_the_quarantine() =>
        Assert.Empty(new DeltaSinkFactory().Validate(QuarantineTable.Create(new SinkDefinition { Kind = "delta", Options = new() { ["path"] = "/q" } })));

    [Fact]
    public void Create_with_wrong_options_is_fatal()
    {
        var exception = Assert.Throws<SinkException>(() => new DeltaSinkFactory().Create(Context(With())));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
    }

    private static TableDefinition With(params (string Name, string Value)[] options)
    {
        var all = new Dictionary<string, string>();
        foreach (var (name, value) in options) all[name] = value;
        return Table(Column("day", ColumnKind.Date), Column("amount", ColumnKind.Double)) with { Sink = new SinkDefinition { Kind = "delta", Options = all } };
    }
}
