using System.Text;
using Bayou.Definitions;
using Bayou.PipelineFile;

namespace Bayou.Tests.PipelineFile;

/// <summary>Tables of databases as places that no two sinks may share.</summary>
public sealed class DatabaseDestinationTests
{
    [Fact]
    public void Parse_two_sinks_on_one_table_of_a_database_is_refused_without_the_password()
    {
        var exception = Assert.Throws<PipelineFileException>(() => Parse("Host=db;Password=hunter2", "shop.orders"));

        Assert.Equal("table 'orders' would write to the same place as the quarantine; give each its own", Assert.Single(exception.Problems).Message);
        Assert.DoesNotContain("hunter2", exception.Message);
    }

    [Theory]
    [InlineData("Host=db;Password=hunter2", "shop.others")]
    [InlineData("Host=other;Password=hunter2", "shop.orders")]
    public void Parse_two_sinks_on_two_tables_is_accepted(string connection, string table) => Assert.Single(Parse(connection, table).Tables);

    private static PipelineDefinition Parse(string connection, string table) => PipelineFileReader.Parse(
        Encoding.UTF8.GetBytes(Files.Shop
            .Replace("quarantine: { delta: { path: ./lake/quarantine } }", "quarantine: { postgres: { connection: \"Host=db;Password=hunter2\", table: shop.orders, lockTimeout: 1s } }", StringComparison.Ordinal)
            .Replace("{ delta: { path: ./lake/orders, partitionBy: [country] } }", $"{{ postgres: {{ connection: \"{connection}\", table: {table} }} }}", StringComparison.Ordinal)),
        Files.Path, DocumentedFactories.Sinks, DocumentedFactories.Sources, _ => null);
}
