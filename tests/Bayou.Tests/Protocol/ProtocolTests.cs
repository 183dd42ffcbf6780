using Bayou.Sinks;

namespace Bayou.Tests.Protocol;

public class ProtocolTests
{
    [Fact]
    public void Run_thousand_random_schedules_every_row_is_there_exactly_once()
    {
        for (var seed = 0; seed < 1000; seed++) Assert.Null(Failure(seed, CommitFence.Admits));
    }

    [Fact]
    public void Run_without_the_fence_the_same_schedules_find_rows_doubled() =>
        Assert.Contains(Enumerable.Range(0, 300), seed => Failure(seed, (_, _) => true) is not null);

    [Fact]
    public void Run_with_lower_instead_of_equal_cursors_the_same_schedules_find_rows_lost_or_doubled() =>
        Assert.Contains(Enumerable.Range(0, 1000), seed => Failure(seed, (found, commit) => commit.Cursors.All(move => found.Cursors[move.Key] <= move.Next)) is not null);

    private static string? Failure(int seed, Func<SinkState, SinkCommit, bool> fence)
    {
        var world = new ProtocolWorld(seed, fence);
        world.Run();
        for (var table = 0; table < world.Sinks.Length; table++)
            if (!world.Sinks[table].Rows.Order().SequenceEqual(world.Expected(table)))
                return $"Seed {seed}: table {table} holds [{string.Join(' ', world.Sinks[table].Rows.Order())}] instead of [{string.Join(' ', world.Expected(table))}].";
        return null;
    }
}
