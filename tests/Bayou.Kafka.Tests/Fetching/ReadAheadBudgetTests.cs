using Bayou.Kafka.Fetching;

namespace Bayou.Kafka.Tests.Fetching;

public sealed class ReadAheadBudgetTests
{
    private const long Mi = 1 << 20;
    private readonly ReadAheadBudget _budget = new(TotalBytes: 64 * Mi, PartitionBytes: Mi, FetchBytes: 512 * 1024);

    [Theory]
    [InlineData(0, 0, 1, 512 * 1024)] // nothing is held
    [InlineData(Mi - 1, Mi, 10, 512 * 1024)] // just below its share
    [InlineData(Mi, Mi, 1, 0)] // it holds its share
    [InlineData(2 * Mi, 2 * Mi, 1, 0)]
    [InlineData(0, 64 * Mi, 2000, 64 * 1024)] // all hold too much: a small part for those that hold little
    [InlineData(65_535, 80 * Mi, 2000, 64 * 1024)]
    [InlineData(65_536, 80 * Mi, 2000, 0)]
    [InlineData(0, 64 * Mi, 200, 64 * Mi / 200)]
    [InlineData(0, 64 * Mi, 2, 512 * 1024)] // never more than is asked for otherwise
    [InlineData(0, 64 * Mi, 0, 512 * 1024)]
    public void Allowance_keeps_each_partition_within_its_share(long held, long total, int partitions, int expected) =>
        Assert.Equal(expected, _budget.Allowance(held, total, partitions));

    [Theory]
    [InlineData(0, 16 << 20, 16 << 20)]
    [InlineData(60 << 20, 16 << 20, 4 << 20)]
    [InlineData(63 << 20, 16 << 20, 1 << 20)]
    [InlineData(100 << 20, 16 << 20, 1 << 20)]
    [InlineData(100 << 20, 1000, 1000)]
    public void ResponseAllowance_is_what_is_left_but_enough_to_go_on(long total, int maxBytes, int expected) =>
        Assert.Equal(expected, _budget.ResponseAllowance(total, maxBytes));
}
