using System.Globalization;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Brokers that close idle connections, go away, and come back, perhaps elsewhere.</summary>
public sealed class OutageTests() : FetchingScenario(brokers: 3)
{
    private static readonly TopicPartition First = new("t", 0);

    [Fact]
    public async Task Connections_that_brokers_close_for_idleness_are_made_anew_without_a_word()
    {
        var topic = await OpenAsync(partitions: 3);
        var readings = Enumerable.Range(0, 3).Select(partition => Read(partition)).ToList();
        for (var round = 1; round <= 5; round++)
        {
            foreach (var partition in topic.Partitions) Append(partition, batches: 1);
            foreach (var reading in readings) await reading.ToAsync(round);
            Assert.Equal(new Watermarks(0, round), await Source.GetWatermarksAsync(First, default));
            foreach (var broker in Cluster.Brokers) broker.Disconnect();
        }

        foreach (var reading in readings)
        {
            Assert.Equal(Values(0, 5), reading.Values);
            Assert.Empty(reading.Waits);
        }
    }

    [Fact]
    public async Task Broker_that_restarts_goes_on_where_it_was()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 3);
        var reading = await Read().ToAsync(3);

        await Broker.StopAsync();
        Append(topic[0], batches: 3);
        Broker.Start();

        Assert.Equal(Values(0, 6), (await reading.ToAsync(6)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Node_that_listens_elsewhere_is_followed_there()
    {
        var topic = await OpenAsync(change: options => options with { MetadataInterval = TimeSpan.FromMilliseconds(50) });
        Append(topic[0], batches: 3);
        var reading = await Read().ToAsync(3);
        await using var detour = new FaultProxy(Broker.Address.ToString());

        // The old address goes on to answer, as one does behind which another broker listens by now.
        Broker.AdvertisedAddress = new HostPort("127.0.0.1", int.Parse(detour.Address.Split(':')[1], CultureInfo.InvariantCulture));
        await Deadline.UntilAsync("connections through the new address", () => detour.Accepted > 0);
        Append(topic[0], batches: 3);

        Assert.Equal(Values(0, 6), (await reading.ToAsync(6)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Leader_that_goes_away_for_good_is_succeeded()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 3);
        var reading = await Read().ToAsync(3);

        await Broker.StopAsync();
        topic[0].MoveTo(3);
        Append(topic[0], batches: 3);

        Assert.Equal(Values(0, 6), (await reading.ToAsync(6)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Leader_that_does_not_answer_any_more_is_succeeded_before_its_time_is_over()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 3);
        var reading = await Read().ToAsync(3);
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.Stall);
        Append(topic[0], batches: 3);
        await Broker.SeenAsync(IsFetch, Broker.Requests.Count(IsFetch) + 1);

        topic[0].MoveTo(3);

        // A request may take 60 s, and topics are looked at every 30 s without need.
        Assert.Equal(Values(0, 6), (await reading.ToAsync(6, seconds: 25)).Values);
    }

    [Fact]
    public async Task All_brokers_away_is_told_with_the_reason_and_reading_goes_on_by_itself()
    {
        var topic = await OpenAsync(partitions: 2);
        Append(topic[0], batches: 3);
        var reading = await Read().ToAsync(3);
        var idle = Read(1);
        foreach (var broker in Cluster.Brokers) await broker.StopAsync();

        var notices = await Task.WhenAll(NoticeOf(reading), NoticeOf(idle));

        foreach (var (notice, partition) in notices.Zip([0, 1]))
        {
            Assert.Equal((SourceErrorKind.Transient, new TopicPartition("t", partition)), (notice.Kind, notice.Partition));
            Assert.Contains("It goes on by itself.", notice.Message, StringComparison.Ordinal);
            Assert.Contains("Connecting to 127.0.0.1:", notice.Message, StringComparison.Ordinal);
        }

        foreach (var broker in Cluster.Brokers) broker.Start();
        foreach (var partition in topic.Partitions) Append(partition, batches: 3);
        Assert.Equal(Values(0, 6), (await reading.ToAsync(6)).Values);
        Assert.Equal(Values(0, 3), (await idle.ToAsync(3)).Values);
    }
}
