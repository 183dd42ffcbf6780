using Bayou.Definitions;
using Bayou.Load;
using Bayou.Tests.PipelineFile;

namespace Bayou.Tests.Load;

public sealed class DemoPipelineTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(10, true)]
    [InlineData(1000, true)]
    public void Create_gives_a_file_with_a_table_for_each_type(int types, bool note)
    {
        var generator = new EventGenerator(new LoadOptions { Types = types });

        var pipeline = Files.Read(DemoPipeline.Create(new DemoOptions { Types = types, Note = note }));

        Assert.Equal(generator.TypeNames, pipeline.Tables.Select(t => t.Name));
        Assert.All(pipeline.Tables, table =>
        {
            Assert.Equal([table.Name], table.Match);
            Assert.Equal($"/etc/bayou/lake/{table.Name}", table.Sink.Options["path"]);
            Assert.Equal(note, table.Columns.Any(c => c.Name == "note"));
            Assert.Equal(["user_id"], table.Columns.Where(c => c.Required).Select(c => c.Name));
        });
    }

    [Fact]
    public void Create_ten_tables_have_every_kind_of_number_and_text()
    {
        var pipeline = Files.Read(DemoPipeline.Create(new DemoOptions()));

        ColumnKind[] kinds = [ColumnKind.String, ColumnKind.Int, ColumnKind.Long, ColumnKind.Double, ColumnKind.Decimal, ColumnKind.Bool, ColumnKind.Timestamp];
        Assert.Equal(kinds, pipeline.Tables.SelectMany(t => t.Columns).Select(c => c.Type.Kind).Distinct().Order());
    }

    [Fact]
    public void Create_values_survive_the_file()
    {
        var pipeline = Files.Read(DemoPipeline.Create(new DemoOptions { Name = "x1", BootstrapServers = "a:1,b:2", Topic = "123", LakeFolder = "/data/my \"lake\" #${BROKER}: \\x/" }));

        Assert.Equal("x1", pipeline.Name);
        Assert.Equal("a:1,b:2", pipeline.Source.Options["bootstrap.servers"]);
        Assert.Equal(["123"], pipeline.Source.Topics);
        Assert.Equal("/data/my \"lake\" #${BROKER}: \\x/quarantine", pipeline.Quarantine.Options["path"]);
    }

    [Fact]
    public void Create_sample_is_the_committed_file() =>
        Assert.Equal(DemoPipeline.Create(new DemoOptions { Name = "shop" }), File.ReadAllText(RepositoryFiles.Locate("samples/shop.yaml")));

    [Fact]
    public void Create_types_out_of_range_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoPipeline.Create(new DemoOptions { Types = 0 }));
}
