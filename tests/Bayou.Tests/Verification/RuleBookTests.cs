using System.Text;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using Bayou.Tests.Routing;
using Bayou.Verification.Rules;

namespace Bayou.Tests.Verification;

public class RuleBookTests
{
    private static readonly IReadOnlyDictionary<string, long> At103 = new Dictionary<string, long> { ["events/3"] = 103 };

    [Fact]
    public void Segments_two_versions_old_rules_below_the_take_over()
    {
        var book = RuleBook.Create([Version(1, null, Table("a")), Version(2, At103, Table("a"), Table("b"))]);

        Assert.Equal(["a", "b", QuarantineTable.Name], book.Lineages.Select(lineage => lineage.Table.Name));
        Assert.Equal(["100: None None Row", "103: None Row None"], Outcomes(book, [(100, "b"), (103, "b")]));
        Assert.Equal(0, book.KnownFrom("events/3"));
    }

    [Fact]
    public void Classify_tables_that_are_not_in_order_of_their_names_each_has_its_own_outcome()
    {
        var book = RuleBook.Create([Version(1, null, Table("b"), Table("a"))]);

        Assert.Equal(["b", "a", QuarantineTable.Name], book.Lineages.Select(lineage => lineage.Table.Name));
        Assert.Equal(["100: None Row None", "101: Row None None"], Outcomes(book, [(100, "a"), (101, "b")]));
    }

    [Fact]
    public void Segments_backfilled_table_has_its_first_rules_below_the_take_over_too()
    {
        var book = RuleBook.Create([Version(1, null, Table("a")), Version(2, At103, Table("a"), Table("b") with { Backfill = true })]);

        Assert.Equal(["100: None Row Row", "103: None Row None"], Outcomes(book, [(100, "b"), (103, "b")]));
    }

    [Fact]
    public void Segments_renamed_table_is_one_lineage()
    {
        var book = RuleBook.Create([Version(1, null, Table("a")), Version(2, At103, Table("z", "a") with { PreviousName = "a" })]);

        var lineage = book.Lineages[0];
        Assert.Equal(["a", "z"], lineage.Names);
        Assert.Equal(["z", QuarantineTable.Name], book.Lineages.Select(each => each.Table.Name));
        Assert.Equal(["100: Row None", "103: Row None"], Outcomes(book, [(100, "a"), (103, "a")]));
    }

    [Fact]
    public void Segments_removed_table_comes_last_and_takes_nothing_any_more()
    {
        var book = RuleBook.Create([Version(1, null, Table("a"), Table("b")), Version(2, At103, Table("b"))]);

        Assert.Equal(["b", QuarantineTable.Name, "a"], book.Lineages.Select(lineage => lineage.Table.Name));
        Assert.Equal(["100: None None Row", "103: None Row None"], Outcomes(book, [(100, "a"), (103, "a")]));
    }

    [Fact]
    public void Segments_partition_found_after_the_take_over_has_new_rules_from_its_beginning()
    {
        var book = RuleBook.Create([Version(1, null, Table("a")), Version(2, At103, Table("a"), Table("b"))]);

        Assert.Equal((0, 1), (book.Segments("events/9").Single().From, book.Segments("events/9").Single().VersionOf[1]));
        Assert.Equal(0, book.KnownFrom("events/9"));
    }

    [Theory]
    [InlineData(2, false, long.MaxValue)]
    [InlineData(2, true, 103)]
    public void KnownFrom_without_the_versions_before_is_where_the_oldest_known_one_begins(int version, bool floorIsKept, long expected)
    {
        var book = RuleBook.Create([Version(version, floorIsKept ? At103 : null, Table("a"))]);

        Assert.Equal(expected, book.KnownFrom("events/3"));
    }

    [Fact]
    public void KnownFrom_missing_version_in_between_ends_there()
    {
        var book = RuleBook.Create([Version(1, null, Table("a")), Version(3, At103, Table("a"))]);

        Assert.Equal(103, book.KnownFrom("events/3"));
    }

    private static TableDefinition Table(string name, string? match = null) =>
        RoutingSamples.Table(name, [match ?? name], RoutingSamples.Column("type", ColumnKind.String));

    private static RuleVersion Version(int version, IReadOnlyDictionary<string, long>? floors, params TableDefinition[] tables) => new(
        version,
        new PipelineDefinition
        {
            Name = "p",
            Source = new SourceDefinition { Kind = "none", Topics = ["events"], Options = [] },
            Route = new RouteDefinition { Field = ["type"] },
            Quarantine = new SinkDefinition { Kind = "none", Options = [] },
            Tables = tables,
        },
        floors);

    private static string[] Outcomes(RuleBook book, (long Offset, string Type)[] records)
    {
        var batch = RoutingSamples.Batch([.. Enumerable.Range(100, 10).Select(offset => Encoding.UTF8.GetBytes($$"""{"type":"{{records.LastOrDefault(record => record.Offset <= offset).Type}}"}"""))]);
        var (classifier, outcomes) = (new RecordClassifier(book), new Outcome[book.Lineages.Count]);
        return [.. records.Select(record =>
        {
            var segment = book.Segments("events/3").Last(each => each.From <= record.Offset);
            classifier.Classify(batch[(int)record.Offset - 100], segment, outcomes);
            return $"{record.Offset}: {string.Join(' ', outcomes)}";
        })];
    }
}
