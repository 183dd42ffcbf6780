using Bayou.Cli.Quarantine;

namespace Bayou.Cli.Tests;

public class QuarantineSummaryTests
{
    [Fact]
    public void Write_many_partitions_names_those_with_most_records_and_counts_the_others()
    {
        var output = new StringWriter { NewLine = "\n" };

        QuarantineSummary.Write(output, [Row(0, 5), Row(1, 6), Row(1, 9), Row(2, 7), Row(3, 1, "orders", "type: b"), Row(3, 2, "orders", "type: b")], partitions: 1);

        Assert.Equal(
            """
            6 records in quarantine
                     4  no table: unmatched: a
                          events/1: 2 at 6 to 9
                          and 2 in 2 more partitions (--all names them)
                     2  orders: type: b
                          events/3: 2 at 1 to 2

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void Write_nothing_says_so()
    {
        var output = new StringWriter { NewLine = "\n" };

        QuarantineSummary.Write(output, [], partitions: 3);

        Assert.Equal("0 records in quarantine\n", output.ToString());
    }

    private static QuarantineRow Row(int partition, long offset, string? table = null, string reason = "unmatched: a") => new("events", partition, offset, reason, table, null, null);
}
