using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Unclean elections: what was read and is gone ends reading with its range; what was not read yet is nobody's loss.</summary>
public sealed class TruncationTests() : FetchingScenario(brokers: 2)
{
    public static TheoryData<short> FetchVersions() => [10, 11, 12, 13, 16];

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task Truncation_below_the_position_ends_reading_with_what_is_lost(short version)
    {
        var (topic, reading) = await ReadTenAsync(version);

        topic[0].Truncate(6);

        var failure = await FailureOf(reading);
        Assert.Equal((SourceErrorKind.Truncated, new TopicPartition("t", 0), new OffsetRange(6, 10)), (failure.Kind, failure.Partition, failure.Lost));
        Assert.Contains("[6, 10)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Values(0, 10), reading.Values);
    }

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task Truncation_below_the_position_is_found_although_the_log_has_grown_again(short version)
    {
        var (topic, reading) = await ReadTenAsync(version);

        Cluster.Change(() =>
        {
            topic[0].Truncate(6);
            topic[0].MoveTo(2);
            Append(topic[0], batches: 10);
            return 0;
        });

        var failure = await FailureOf(reading);
        Assert.Equal((SourceErrorKind.Truncated, new OffsetRange(6, 10)), (failure.Kind, failure.Lost));
        Assert.Equal(Values(0, 10), reading.Values);
    }

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task Truncation_of_a_whole_epoch_that_was_read_is_found(short version)
    {
        var (topic, reading) = await ReadTenAsync(version);
        topic[0].MoveTo(2);
        Append(topic[0], batches: 5);
        await reading.ToAsync(15);

        topic[0].Truncate(10);
        Append(topic[0], batches: 20);

        var failure = await FailureOf(reading);
        Assert.Equal((SourceErrorKind.Truncated, new OffsetRange(10, 15)), (failure.Kind, failure.Lost));
        Assert.Equal(Values(0, 15), reading.Values);
    }

    [Fact]
    public async Task Leader_whose_log_is_longer_but_lacks_the_epoch_that_was_read_ends_reading()
    {
        var (topic, reading) = await ReadTenAsync(11);
        topic[0].MoveTo(2);
        Append(topic[0], batches: 5);
        await reading.ToAsync(15);
        // It never had epoch 1, but more of epoch 0 than was known of.
        Cluster.On(ApiKey.OffsetForLeaderEpoch, _ => ScriptedAnswer.Body(writer =>
        {
            writer.WriteInt32(0);
            writer.WriteArrayLength(1);
            writer.WriteString("t");
            writer.WriteArrayLength(1);
            writer.WriteInt16(0);
            writer.WriteInt32(0);
            writer.WriteInt32(0);
            writer.WriteInt64(20);
            for (var ends = 0; ends < 3; ends++) writer.WriteNoTags();
        }));

        topic[0].MoveTo(1);
        Append(topic[0], batches: 20);

        var failure = await FailureOf(reading);
        Assert.Equal((SourceErrorKind.Truncated, new OffsetRange(10, 15)), (failure.Kind, failure.Lost));
    }

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task Reader_opened_with_the_epoch_of_a_reader_before_finds_what_was_replaced_in_between(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        var topic = await OpenAsync();
        Append(topic[0], batches: 10);
        var before = OpenReader();
        await new Reading(before, 0).ToAsync(10);
        var epoch = before.LeaderEpoch;
        await before.DisposeAsync();

        topic[0].Truncate(6);
        Append(topic[0], batches: 10);
        var failure = await FailureOf(new Reading(OpenReader(from: 10, epoch: epoch), 10));

        Assert.Equal(0, epoch);
        Assert.Equal((SourceErrorKind.Truncated, new OffsetRange(6, 10)), (failure.Kind, failure.Lost));
    }

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task Reader_opened_with_the_epoch_of_a_reader_before_goes_on_where_nothing_was_replaced(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        var topic = await OpenAsync();
        Append(topic[0], batches: 10);
        topic[0].MoveTo(2);
        Append(topic[0], batches: 10);

        var old = await new Reading(OpenReader(from: 10, epoch: 0), 10).ToAsync(20);
        var present = await new Reading(OpenReader(from: 15, epoch: 1), 15).ToAsync(20);

        Assert.Equal(Values(10, 20), old.Values);
        Assert.Equal(Values(15, 20), present.Values);
        Assert.Empty(old.Waits);
        Assert.Empty(present.Waits);
    }

    [Fact]
    public async Task LeaderEpoch_is_that_of_the_record_before_the_position()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 2);
        topic[0].MoveTo(2);
        Append(topic[0], batches: 2);
        var reader = OpenReader();
        var reading = new Reading(reader, 0);

        var epochs = new List<int> { reader.LeaderEpoch };
        while (reading.Next < 4)
        {
            await reading.OnceAsync(maxRecords: 1);
            epochs.Add(reader.LeaderEpoch);
        }

        Assert.Equal([-1, 0, 0, 1, 1], epochs);
    }

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task Truncation_above_the_position_goes_on_without_a_word(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        var topic = await OpenAsync();
        Append(topic[0], batches: 20);
        topic[0].HoldHighWatermark(10);
        var reading = await Read().ToAsync(10);

        topic[0].HoldHighWatermark(null);
        topic[0].Truncate(12);
        topic[0].Append("new12", "new13");

        Assert.Equal([.. Values(0, 12), "new12", "new13"], (await reading.ToAsync(14)).Values);
        Assert.Empty(reading.Waits);
    }

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task Truncation_of_what_was_fetched_and_not_read_yet_is_fetched_anew(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        var topic = await OpenAsync();
        Append(topic[0], batches: 5);
        var reading = Read();
        await Broker.SeenAsync(request => AsksFor(request, 0, 5));
        await reading.OnceAsync(maxRecords: 5);
        // Held, but not taken.
        Append(topic[0], batches: 5);
        await Broker.SeenAsync(request => AsksFor(request, 0, 10));

        topic[0].Truncate(7);
        topic[0].Append("new7", "new8", "new9", "new10");
        await Broker.SeenAsync(request => request.Fetch is { } fetch && fetch.Partitions.Exists(wanted => wanted is { LeaderEpoch: 1, FetchOffset: 11 }));

        Assert.Equal([.. Values(0, 7), "new7", "new8", "new9", "new10"], (await reading.ToAsync(11)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Epoch_question_that_cannot_be_answered_is_put_again()
    {
        var (topic, reading) = await ReadTenAsync(16);
        foreach (var broker in Cluster.Brokers)
            broker.Once(ApiKey.OffsetForLeaderEpoch, ScriptedAnswer.Close, ScriptedAnswer.Error(BrokerError.UnknownServerError), ScriptedAnswer.Error(BrokerError.NotLeaderOrFollower));

        topic[0].MoveTo(2);
        Append(topic[0], batches: 2);

        Assert.Equal(Values(0, 12), (await reading.ToAsync(12)).Values);
    }

    private async Task<(ScriptedTopic, Reading)> ReadTenAsync(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        var topic = await OpenAsync();
        Append(topic[0], batches: 10);
        return (topic, await Read().ToAsync(10));
    }
}
