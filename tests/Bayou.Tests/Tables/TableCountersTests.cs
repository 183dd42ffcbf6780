using Bayou.Grains.Tables;
using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Tests.Tables;

public class TableCountersTests
{
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 15)]
    [InlineData(10, 3)]
    [InlineData(11.5, 2)]
    [InlineData(30, 0)]
    public void RowsPerSecond_counts_the_last_ten_seconds_or_since_the_beginning(double seconds, double expected)
    {
        var counters = new TableCounters(Began);
        counters.Add("t", Group(10), new CommitResult { Committed = true }, Began + TimeSpan.FromSeconds(1));
        counters.Add("t", Group(20), new CommitResult { Committed = true }, Began + TimeSpan.FromSeconds(2));

        Assert.Equal(expected, counters.RowsPerSecond(Began + TimeSpan.FromSeconds(seconds)));
        Assert.Equal((30L, 2L), (counters.Rows, counters.Commits));
    }

    private static CommitGroup Group(int rows)
    {
        var builder = new RowBlockBuilder([]);
        for (var offset = 0; offset < rows; offset++) builder.EndRow(offset, 0);
        var bytes = new byte[builder.SizeBytes];
        var slice = new Slice { Source = new TopicPartition("events", 0), Generation = 1, Version = 1, Range = new OffsetRange(0, rows), Rows = bytes.AsMemory(0, builder.WriteTo(bytes)) };
        return new CommitGroup([new HeldSlice(slice, 0, 0)], []);
    }
}
