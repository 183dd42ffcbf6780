using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Fetch sessions that end, and brokers without any.</summary>
public sealed class SessionTests : FetchingScenario
{
    [Theory]
    [InlineData((short)BrokerError.FetchSessionIdNotFound)]
    [InlineData((short)BrokerError.InvalidFetchSessionEpoch)]
    [InlineData((short)BrokerError.FetchSessionTopicIdError)]
    [InlineData((short)BrokerError.UnknownServerError)]
    public async Task Session_error_goes_on_with_a_new_session(short error)
    {
        var topic = await OpenAsync(partitions: 2);
        var readings = new[] { Read(0), Read(1) };
        Append(topic[0], batches: 1);
        await readings[0].ToAsync(1);
        var sessions = ScriptedAnswer.Error((BrokerError)error);
        Broker.Once(ApiKey.Fetch, sessions, sessions, sessions);
        await Broker.SeenAsync(IsFetch, Broker.Requests.Count(IsFetch) + 4);

        foreach (var partition in topic.Partitions) Append(partition, batches: 2);

        Assert.Equal(Values(0, 3), (await readings[0].ToAsync(3)).Values);
        Assert.Equal(Values(0, 2), (await readings[1].ToAsync(2)).Values);
        Assert.All(readings, reading => Assert.Empty(reading.Waits));
    }

    [Fact]
    public async Task Broker_without_sessions_is_asked_for_everything_each_time()
    {
        Broker.Sessions.AreAvailable = false;
        var topic = await OpenAsync(partitions: 3);
        var readings = Enumerable.Range(0, 3).Select(partition => Read(partition)).ToList();
        for (var round = 1; round <= 5; round++)
        {
            foreach (var partition in topic.Partitions) Append(partition, batches: 1);
            foreach (var reading in readings) await reading.ToAsync(round);
        }

        Assert.All(readings, reading => Assert.Equal(Values(0, 5), reading.Values));
        Assert.Empty(Broker.Sessions.All);
    }

    [Fact]
    public async Task Session_that_the_broker_forgets_is_made_anew()
    {
        var topic = await OpenAsync(partitions: 3);
        var readings = Enumerable.Range(0, 3).Select(partition => Read(partition)).ToList();
        for (var round = 1; round <= 5; round++)
        {
            foreach (var partition in topic.Partitions) Append(partition, batches: 1);
            foreach (var reading in readings) await reading.ToAsync(round);
            Broker.Sessions.Clear();
        }

        Assert.All(readings, reading => Assert.Equal(Values(0, 5), reading.Values));
    }

    [Fact]
    public async Task Idle_partitions_are_not_named_again_and_again()
    {
        var topic = await OpenAsync(partitions: 20);
        var readings = Enumerable.Range(0, 20).Select(partition => Read(partition)).ToList();
        Append(topic[0], batches: 1);
        await readings[0].ToAsync(1);
        await Broker.SeenAsync(request => AsksFor(request, 0, 1));
        var before = Broker.Requests.Count;

        Append(topic[7], batches: 1);
        await readings[7].ToAsync(1);

        Assert.All(Broker.Requests.Skip(before).Where(IsFetch), request => Assert.True(request.Fetch!.Partitions.Count <= 1));
    }
}
