using Bayou.Grains.Routing;
using Bayou.Sources;
using Bayou.Verification.Ledger;

namespace Bayou.Tests.Verification;

/// <summary>Rows that a destination refused, in the ledger.</summary>
public class RefusedRowTests
{
    [Theory]
    [InlineData(Outcome.Row, 3, null)]
    [InlineData(Outcome.Quarantine, 3, Finding.Wrong)]
    [InlineData(Outcome.None, 3, Finding.Wrong)]
    [InlineData(Outcome.Row, 12, Finding.Wrong)]
    public void Record_that_was_refused_has_its_outcome_where_the_rules_ask_for_a_row(Outcome expected, long offset, Finding? finding)
    {
        var found = new FoundRows();
        found.AddRefused(offset);

        var tally = Run(found, offset, expected);

        Assert.Equal((0, 1), (tally.Rows, tally.Quarantined));
        AssertFinding(tally, finding);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Record_that_was_refused_and_found_elsewhere_is_doubled(bool row)
    {
        var found = new FoundRows();
        found.AddRefused(3);
        if (row) found.AddRow(3);
        else found.AddQuarantined(3);

        AssertFinding(Run(found, 3, Outcome.Row), Finding.Doubled);
    }

    [Fact]
    public void Finish_refused_offset_without_a_record_is_told()
    {
        var found = new FoundRows();
        found.AddRefused(3);

        AssertFinding(new PartitionLedger([new TableCoverage(0, 10, 0)], [found]).Finish([], []).Single(), Finding.RecordGone);
    }

    private static Tally Run(FoundRows found, long offset, Outcome expected)
    {
        var ledger = new PartitionLedger([new TableCoverage(0, 10, 0)], [found]);
        ledger.Record(offset, [expected]);
        return ledger.Finish([], []).Single();
    }

    private static void AssertFinding(Tally tally, Finding? finding)
    {
        foreach (var each in Enum.GetValues<Finding>()) Assert.Equal(each == finding ? 1 : 0, tally[each]);
    }
}
