using Bayou.Verification.Ledger;

namespace Bayou.Tests.Verification;

public class OffsetSetTests
{
    [Fact]
    public void Add_random_offsets_agrees_with_a_hash_set()
    {
        var (set, oracle, random) = (new OffsetSet(), new HashSet<long>(), new Random(7));
        for (var i = 0; i < 20_000; i++)
        {
            var offset = random.Next(4) == 0 ? random.NextInt64(long.MaxValue) : random.Next(30_000);
            if (random.Next(3) == 0) Assert.Equal(oracle.Remove(offset), set.Remove(offset));
            else Assert.Equal(oracle.Add(offset), set.Add(offset));
            Assert.Equal(oracle.Contains(offset + 1), set.Contains(offset + 1));
        }

        Assert.Equal(oracle.Count, set.Count);
        Assert.Equal(oracle.Order(), set.Ascending());
    }

    [Fact]
    public void Add_the_highest_offset_is_kept()
    {
        var set = new OffsetSet();

        Assert.True(set.Add(long.MaxValue));
        Assert.False(set.Add(long.MaxValue));
        Assert.Equal([long.MaxValue], set.Ascending());
    }
}
