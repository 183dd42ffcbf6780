using Bayou.Grains.Routing;
using Bayou.Sources;
using Bayou.Verification.Ledger;

namespace Bayou.Tests.Verification;

public class PartitionLedgerTests
{
    private const Outcome None = Outcome.None, Row = Outcome.Row, Bad = Outcome.Quarantine;

    [Fact]
    public void Finish_every_record_with_its_outcome_nothing_to_report()
    {
        var ledger = Create(Covered(10), Found([0, 2], [1]));

        var tally = Run(ledger, (0, Row), (1, Bad), (2, Row), (3, None)).Single();

        Assert.Equal((2, 1, 0), (tally.Rows, tally.Quarantined, tally.Pending));
        Assert.Equal((4, 1), (ledger.Records, ledger.Filtered));
        AssertFindings(tally);
    }

    [Fact]
    public void Finish_record_below_cursor_without_row_is_lost()
    {
        var tally = Run(Create(Covered(10), Found([0], [])), (0, Row), (4, Row), (5, Bad)).Single();

        AssertFindings(tally, (Finding.Lost, [4, 5]));
    }

    [Fact]
    public void Finish_second_row_of_an_offset_is_doubled_once_and_counts_as_one_row()
    {
        var found = Found([0, 1, 1, 1], []);

        var tally = Run(Create(Covered(10), found), (0, Row), (1, Row)).Single();

        Assert.Equal(2, tally.Rows);
        AssertFindings(tally, (Finding.Doubled, [1]));
    }

    [Fact]
    public void Finish_row_and_quarantined_row_is_doubled()
    {
        var tally = Run(Create(Covered(10), Found([3], [3])), (3, Bad)).Single();

        AssertFindings(tally, (Finding.Doubled, [3]));
    }

    [Fact]
    public void Finish_row_twice_and_quarantined_is_doubled_once()
    {
        var tally = Run(Create(Covered(10), Found([3, 3], [3])), (3, Row)).Single();

        AssertFindings(tally, (Finding.Doubled, [3]));
    }

    [Fact]
    public void Finish_second_quarantined_row_is_doubled()
    {
        var tally = Run(Create(Covered(10), Found([], [3, 3])), (3, Bad)).Single();

        AssertFindings(tally, (Finding.Doubled, [3]));
    }

    [Fact]
    public void Finish_row_in_a_table_that_no_rule_names_is_wrong()
    {
        var ledger = new PartitionLedger([Covered(10), Covered(10)], [Found([], []), Found([3], [])]);

        var tallies = Run(ledger, [(3, [Row, None])]);

        AssertFindings(tallies[0], (Finding.Lost, [3]));
        AssertFindings(tallies[1], (Finding.Wrong, [3]));
    }

    [Fact]
    public void Finish_row_instead_of_quarantined_row_and_the_other_way_round_are_wrong()
    {
        var tally = Run(Create(Covered(10), Found([3], [4])), (3, Bad), (4, Row)).Single();

        AssertFindings(tally, (Finding.Wrong, [3, 4]));
    }

    [Fact]
    public void Finish_fan_out_to_two_tables_each_has_its_own_outcome()
    {
        var ledger = new PartitionLedger([Covered(10), Covered(10)], [Found([1, 2], []), Found([1], [2])]);

        var tallies = Run(ledger, [(1, [Row, Row]), (2, [Row, Bad])]);

        Assert.Equal([(2L, 0L), (1L, 1L)], tallies.Select(tally => (tally.Rows, tally.Quarantined)));
        AssertFindings(tallies[0]);
        AssertFindings(tallies[1]);
        Assert.Equal((2, 0), (ledger.Records, ledger.Filtered));
    }

    [Fact]
    public void Finish_records_at_and_beyond_cursor_are_pending()
    {
        var tally = Run(Create(Covered(5), Found([4], [])), (4, Row), (5, Row), (6, None), (7, Bad)).Single();

        Assert.Equal(2, tally.Pending);
        AssertFindings(tally);
    }

    [Fact]
    public void Finish_quarantined_row_between_the_cursors_is_pending_and_beyond_both_is_wrong()
    {
        var coverage = new TableCoverage(0, 5, 8);

        var tally = Run(Create(coverage, Found([], [6, 8])), (6, Bad), (8, Bad)).Single();

        Assert.Equal((2, 1), (tally.Quarantined, tally.Pending));
        AssertFindings(tally, (Finding.Wrong, [8]));
    }

    [Fact]
    public void Finish_quarantined_row_ahead_that_the_rules_do_not_put_there_is_wrong()
    {
        var tally = Run(Create(new TableCoverage(0, 5, 8), Found([], [6])), (6, Row)).Single();

        AssertFindings(tally, (Finding.Wrong, [6]));
    }

    [Fact]
    public void Finish_row_at_cursor_is_wrong()
    {
        var tally = Run(Create(Covered(5), Found([5], [])), (5, Row)).Single();

        AssertFindings(tally, (Finding.Wrong, [5]));
    }

    [Fact]
    public void Finish_offsets_below_what_the_topic_has_are_expired_down_to_the_start()
    {
        var ledger = Create(new TableCoverage(2, 100, 0), Found([1, 3, 9], []));
        ledger.Record(20, [None]);

        var tally = ledger.Finish([new OffsetRange(0, 20)], []).Single();

        Assert.Equal(3, tally.Rows);
        Assert.Equal(18, tally[Finding.Expired]);
        Assert.Equal([2], tally.Examples(Finding.Expired));
        Assert.Equal((0, 0, 0), (tally[Finding.Lost], tally[Finding.Wrong], tally[Finding.RecordGone]));
    }

    [Fact]
    public void Finish_accepted_losses_are_not_expired()
    {
        var ledger = Create(Covered(100), Found([], []));

        var tally = ledger.Finish([new OffsetRange(0, 20)], [new OffsetRange(15, 20), new OffsetRange(5, 10)]).Single();

        Assert.Equal(10, tally[Finding.Expired]);
        Assert.Equal([0, 10], tally.Examples(Finding.Expired));
    }

    [Fact]
    public void Finish_doubled_rows_are_found_in_what_has_expired()
    {
        var ledger = Create(Covered(10), Found([1, 1, 2], [2]));

        var tally = ledger.Finish([new OffsetRange(0, 10)], []).Single();

        Assert.Equal(2, tally[Finding.Doubled]);
        Assert.Equal([1, 2], tally.Examples(Finding.Doubled));
    }

    [Fact]
    public void Finish_expired_ends_at_the_cursor()
    {
        var tally = Create(Covered(7), Found([], [])).Finish([new OffsetRange(0, 20)], []).Single();

        Assert.Equal(7, tally[Finding.Expired]);
    }

    [Fact]
    public void Finish_gaps_between_records_are_nothing()
    {
        var tally = Run(Create(Covered(1_000_000), Found([5, 900_000], [])), (5, Row), (900_000, Row)).Single();

        AssertFindings(tally);
    }

    [Fact]
    public void Finish_row_without_record_cannot_be_told_and_is_wrong_beyond_the_cursor()
    {
        var tally = Run(Create(Covered(10), Found([5, 7, 12], [])), (5, Row)).Single();

        AssertFindings(tally, (Finding.Wrong, [12]), (Finding.RecordGone, [7]));
    }

    [Fact]
    public void Finish_below_known_rules_only_disagreement_is_undecided()
    {
        var ledger = Create(Covered(10) with { RuleKnownFrom = 5 }, Found([1, 2, 4, 6], [4]));

        var tally = Run(ledger, (1, Row), (2, None), (3, Row), (4, Row), (6, None)).Single();

        AssertFindings(tally, (Finding.Doubled, [4]), (Finding.Wrong, [6]), (Finding.RuleUnknown, [2, 3]));
    }

    [Fact]
    public void Finish_below_the_start_a_missing_row_is_nothing_and_one_that_is_there_is_compared()
    {
        var tally = Run(Create(new TableCoverage(5, 10, 0), Found([2, 3], [])), (1, Row), (2, Row), (3, None)).Single();

        AssertFindings(tally, (Finding.Wrong, [3]));
    }

    [Fact]
    public void Finish_table_that_is_not_checked_has_no_findings()
    {
        var tally = Run(Create(Covered(10) with { IsChecked = false }, Found([], [])), (1, Row)).Single();

        AssertFindings(tally);
    }

    [Fact]
    public void Finish_many_lost_keeps_ten_examples()
    {
        var ledger = Create(Covered(100), Found([], []));

        var tally = Run(ledger, [.. Enumerable.Range(0, 50).Select(offset => ((long)offset, Row))]).Single();

        Assert.Equal(50, tally[Finding.Lost]);
        Assert.Equal(Enumerable.Range(0, 10).Select(offset => (long)offset), tally.Examples(Finding.Lost));
    }

    private static TableCoverage Covered(long next) => new(0, next, 0);

    private static FoundRows Found(long[] rows, long[] quarantined)
    {
        var found = new FoundRows();
        foreach (var offset in rows) found.AddRow(offset);
        foreach (var offset in quarantined) found.AddQuarantined(offset);
        return found;
    }

    private static PartitionLedger Create(TableCoverage coverage, FoundRows found) => new([coverage], [found]);

    private static IReadOnlyList<Tally> Run(PartitionLedger ledger, params (long Offset, Outcome Expected)[] records) =>
        Run(ledger, [.. records.Select(record => (record.Offset, (Outcome[])[record.Expected]))]);

    private static IReadOnlyList<Tally> Run(PartitionLedger ledger, (long Offset, Outcome[] Expected)[] records)
    {
        foreach (var (offset, expected) in records) ledger.Record(offset, expected);
        return ledger.Finish([], []);
    }

    private static void AssertFindings(Tally tally, params (Finding Finding, long[] Offsets)[] expected)
    {
        var found = Enum.GetValues<Finding>().Where(finding => tally[finding] > 0).Select(finding => $"{finding}: {tally[finding]} {string.Join(',', tally.Examples(finding))}");
        Assert.Equal(expected.Select(each => $"{each.Finding}: {each.Offsets.Length} {string.Join(',', each.Offsets)}"), found);
    }
}
