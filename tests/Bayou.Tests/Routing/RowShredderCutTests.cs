using Bayou.Definitions;
using Bayou.Grains.Routing;
using Bayou.Sources;
using static Bayou.Tests.Routing.RoutingSamples;

namespace Bayou.Tests.Routing;

/// <summary>Where a batch ends because a slice is full, and that a subset of the targets gets the same bytes.</summary>
public class RowShredderCutTests
{
    private static readonly RoutingPlan Tables = Plan(
        "t", "quarantine",
        Table("a", ["1", "2"], Column("id", ColumnKind.Long), Column("s", ColumnKind.String)),
        Table("b", ["2", "3"], Column("j", ColumnKind.Json, path: "s"), Column("s", ColumnKind.String), Column("n", ColumnKind.Int, required: true)));

    [Fact]
    public void Shred_ends_before_the_record_that_would_not_fit()
    {
        var shredder = new RowShredder(Tables);
        var batch = Batch([.. Enumerable.Range(0, 100).Select(id => $"{{\"t\":1,\"id\":{id},\"s\":\"{new string('x', 50)}\"}}")]);
        var unbounded = shredder.ShredAll(batch);
        shredder.Shred(batch, 100, 110, All(Tables), 1 << 20);
        var ten = shredder.Build(0)!.SizeBytes;

        Assert.Equal(new ShredResult { Next = 200, Records = 100 }, unbounded);
        var cut = shredder.ShredAll(batch, ten + 120);
        Assert.True(cut.Cut);
        Assert.Equal(100 + cut.Records, cut.Next);
        Assert.Equal(cut.Records, shredder.Rows(0));
        Assert.InRange(shredder.Build(0)!.SizeBytes, ten - 120, ten + 120);
    }

    [Fact]
    public void Shred_single_larger_record_is_a_slice_of_its_own()
    {
        var shredder = new RowShredder(Tables);
        var large = $"{{\"t\":2,\"n\":1,\"s\":\"{new string('x', 5000)}\"}}";
        var small = "{\"t\":2,\"n\":1,\"s\":\"\"}";
        var batch = Batch(small, large, large, small);

        var steps = new List<string>();
        for (var at = 100L; at < 104;)
        {
            var result = shredder.Shred(batch, at, 104, All(Tables), 1000);
            steps.Add($"{at}..{result.Next} {shredder.Rows(0)} {shredder.Rows(1)}");
            at = result.Next;
        }

        Assert.Equal(["100..101 1 1", "101..102 1 1", "102..103 1 1", "103..104 1 1"], steps);
    }

    [Fact]
    public void Shred_full_quarantine_cuts_too()
    {
        var shredder = new RowShredder(Tables);
        var bad = $"{{\"t\":3,\"x\":\"{new string('x', 600)}\"}}";
        var lost = $"{{\"t\":4,\"x\":\"{new string('x', 600)}\"}}";

        Assert.Equal(101, shredder.ShredAll(Batch(bad, bad), 1000).Next);
        Assert.Equal((0, 1), (shredder.Rows(1), shredder.Quarantined(1)));
        Assert.Equal(101, shredder.ShredAll(Batch(lost, lost), 1000).Next);
        Assert.Equal(102, shredder.Shred(Batch(lost, lost), 100, 102, [true, true, false], 1000).Next);
    }

    [Fact]
    public void Shred_unwanted_targets_neither_get_rows_nor_cut()
    {
        var shredder = new RowShredder(Tables);
        var batch = Batch([.. Enumerable.Range(0, 50).Select(id => $"{{\"t\":{id % 5},\"id\":{id},\"s\":\"{new string('x', 50)}\"}}")]);

        var result = shredder.Shred(batch, 100, 150, [false, false, false], 100);

        Assert.Equal(new ShredResult { Next = 150, Records = 50 }, result);
        Assert.Equal([0, 0, 0], Enumerable.Range(0, 3).Select(target => shredder.Rows(target) + shredder.Quarantined(target)));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(4000)]
    [InlineData(1 << 22)]
    public void Shred_subset_gets_the_same_bytes_up_to_the_same_offset(int maxSliceBytes)
    {
        var random = new Random(maxSliceBytes);
        var batch = Batch([.. Enumerable.Range(0, 300).Select(id =>
            $"{{\"s\":\"{new string('x', random.Next(80))}\\n\",\"id\":{id},\"t\":{random.Next(5)}{(random.Next(3) == 0 ? "" : ",\"n\":" + random.Next(3) + ".0")}}}")]);
        var whole = new RowShredder(Tables);
        var part = new RowShredder(Tables);
        for (var at = batch.Range.First; at < batch.Range.Next;)
        {
            var all = whole.Shred(batch, at, batch.Range.Next, All(Tables), maxSliceBytes);
            Assert.True(all.Next > at);
            for (var target = 0; target < 3; target++)
            {
                var wanted = new bool[3];
                wanted[target] = true;
                var one = part.Shred(batch, at, all.Next, wanted, maxSliceBytes);
                Assert.Equal(all with { Cut = false }, one);
                var (expected, actual) = (whole.Build(target), part.Build(target));
                Assert.Equal(expected?.Rows.ToArray(), actual?.Rows.ToArray());
                Assert.Equal(expected?.Quarantined.ToArray(), actual?.Quarantined.ToArray());
                Assert.True(expected is null || expected.SizeBytes <= maxSliceBytes || whole.Rows(target) + whole.Quarantined(target) == 1);
            }

            at = all.Next;
        }
    }
}
