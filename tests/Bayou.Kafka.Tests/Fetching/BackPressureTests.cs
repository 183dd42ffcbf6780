using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Readers that do not read: they are not asked for, starve nobody, and are asked for again when they read.</summary>
public sealed class BackPressureTests : FetchingScenario
{
    private const int Filler = 10_000;

    [Fact]
    public async Task Partition_whose_reader_does_not_read_is_not_asked_for_until_it_does()
    {
        var topic = await OpenAsync(partitions: 2, options => options with { PartitionFetchBytes = 50_000, ReadAheadPartitionBytes = 100_000 });
        var (slow, fast) = (Read(0), Read(1));
        for (var i = 0; i < 100; i++)
            foreach (var partition in topic.Partitions) partition.Append($"{i:D3}{new string('x', Filler)}");

        await fast.ToAsync(100);
        // The slow one holds its share, and is left out of the session.
        await Broker.SeenAsync(request => request.Fetch?.Forgotten.Exists(key => key.Partition == 0) == true);
        Assert.InRange(Asked(Broker).Where(asked => asked.Partition == 0).Max(asked => asked.Offset), 1, 30);
        await slow.ToAsync(100);

        foreach (var reading in new[] { slow, fast })
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i:D3}"), reading.Values.Select(value => value![..3]));
    }

    [Fact]
    public async Task Partition_that_was_left_out_is_asked_for_again_although_the_others_are_idle()
    {
        var topic = await OpenAsync(partitions: 2, options => options with { PartitionFetchBytes = 50_000, ReadAheadPartitionBytes = 50_000, FetchWaitMax = TimeSpan.FromSeconds(30) });
        var slow = Read(0);
        Read(1);
        for (var i = 0; i < 40; i++) topic[0].Append(new string('x', Filler));
        await Broker.SeenAsync(request => request.Fetch?.Forgotten.Exists(key => key.Partition == 0) == true);

        // A fetch that waited at the broker for its whole time would hold each step up by 30 s.
        await slow.ToAsync(40, seconds: 10);

        Assert.Equal(40, slow.Records.Count);
    }

    [Fact]
    public async Task Memory_stays_within_the_budget_and_a_fair_share_for_each()
    {
        const int Partitions = 40;
        const int Total = 1 << 20;
        var topic = await OpenAsync(Partitions, options => options with { PartitionFetchBytes = 100_000, ReadAheadBytes = Total, ReadAheadPartitionBytes = 1 << 20, FetchMaxBytes = 1 << 20 });
        for (var i = 0; i < 50; i++)
            foreach (var partition in topic.Partitions) partition.Append(new string('x', Filler));
        var readings = Enumerable.Range(0, Partitions).Select(partition => Read(partition)).ToList();
        await QuietAsync();

        // Each may hold a share of 64 KiB and what one response brought on top, in arrays whose lengths are rounded up.
        Assert.InRange(Pool.RentedBytes, Total / 2, 2 * (Total + (1 << 20) + Partitions * (64 * 1024 + 2 * Filler)));
        foreach (var reading in readings) Assert.Equal(50, (await reading.ToAsync(50)).Records.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thousand_partitions_all_get_their_turn(bool hasSessions)
    {
        const int Partitions = 500;
        Broker.Sessions.AreAvailable = hasSessions;
        // Two topics, and responses that hold a few partitions' records at a time.
        foreach (var name in new[] { "a", "b" })
            foreach (var partition in Cluster.AddTopic(name, Partitions).Partitions)
                for (var i = 0; i < 3; i++) partition.Append(new string('x', 1000));
        await OpenOnAsync(["a", "b"], options => options with { PartitionFetchBytes = 2000, FetchMaxBytes = 25_000, ReadAheadPartitionBytes = 1000 });
        var readings = (from name in new[] { "a", "b" } from partition in Enumerable.Range(0, Partitions) select Read(partition, topic: name)).ToList();

        await Task.WhenAll(readings.Select(reading => reading.ToAsync(3)));

        Assert.All(readings, reading => Assert.Equal(3, reading.Records.Count));
    }

    [Fact]
    public async Task Catch_up_readers_on_one_partition_all_get_all()
    {
        var topic = await OpenAsync(change: options => options with { PartitionFetchBytes = 2_000, ReadAheadPartitionBytes = 5_000 });
        Append(topic[0], batches: 200, perBatch: 5);
        var readings = Enumerable.Range(0, 8).Select(i => (From: i * 50, Reading: Read(from: i * 50, role: ReaderRole.CatchUp))).ToList();
        var live = Read(from: 900);

        await Task.WhenAll(readings.Select(each => each.Reading.ToAsync(1000, maxRecords: 20 + each.From)));

        foreach (var (from, reading) in readings) Assert.Equal(Values(from, 1000), reading.Values);
        Assert.Equal(Values(900, 1000), (await live.ToAsync(1000)).Values);
    }

    [Fact]
    public async Task Catch_up_reader_that_does_not_read_holds_no_other_up()
    {
        var topic = await OpenAsync(change: options => options with { PartitionFetchBytes = 2_000, ReadAheadPartitionBytes = 5_000 });
        Append(topic[0], batches: 200, perBatch: 5);
        var idle = Enumerable.Range(0, 3).Select(_ => Read(role: ReaderRole.CatchUp)).ToList();
        var busy = Read(role: ReaderRole.CatchUp);

        Assert.Equal(Values(0, 1000), (await busy.ToAsync(1000)).Values);
        foreach (var reading in idle) Assert.Equal(Values(0, 1000), (await reading.ToAsync(1000)).Values);
    }

    /// <summary>Waits until nothing is asked for any more.</summary>
    private async Task QuietAsync()
    {
        var (count, unchanged) = (0, 0);
        await Deadline.UntilAsync("no more requests", () =>
        {
            unchanged = Broker.Requests.Count == count && count > 0 ? unchanged + 1 : 0;
            count = Broker.Requests.Count;
            return unchanged == 30;
        });
    }
}
