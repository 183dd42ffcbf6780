using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Records that cannot be read: fetched again some times; nothing is ever passed over.</summary>
public sealed class CorruptionTests : FetchingScenario
{
    private const int Crc = 17;
    private const int Length = 8;
    private const int Magic = 16;

    [Fact]
    public async Task Batch_that_is_right_the_second_time_goes_on()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 9, perBatch: 2);
        topic[0].Batches[4].Bytes[Crc] ^= 1;
        var reading = await Read().ToAsync(8);
        Broker.On(ApiKey.Fetch, request =>
        {
            // Asked for again where it could not be decoded.
            if (AsksFor(request, 0, 8)) Cluster.Read(() => topic[0].Batches[4].Bytes[Crc] = Intact(topic[0].Batches[4].Bytes));
            return ScriptedAnswer.Default;
        });

        Assert.Equal(Values(0, 18), (await reading.ToAsync(18)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Batch_that_stays_wrong_ends_reading_behind_what_precedes_it()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 9, perBatch: 2);
        topic[0].Batches[4].Bytes[Crc] ^= 1;
        var reading = Read();

        var failure = await FailureOf(reading);

        Assert.Equal((SourceErrorKind.Fatal, new TopicPartition("t", 0)), (failure.Kind, failure.Partition));
        Assert.Contains("offset 8", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Broker.Address.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("checksum", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Values(0, 8), reading.Values);
        Assert.Contains("fetched 3 times", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Malformed_tail_ends_reading_behind_what_precedes_it_and_is_not_dropped(int whole)
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: whole);
        Append(topic[0], batches: 2);
        topic[0].Batches[whole].Bytes[Length] = 0x80;
        var reading = Read();

        var failure = await FailureOf(reading);

        Assert.Equal(SourceErrorKind.Fatal, failure.Kind);
        Assert.Contains($"offset {whole}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Broker.Address.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Equal(Values(0, whole), reading.Values);
    }

    [Fact]
    public async Task Malformed_tail_that_is_right_the_second_time_goes_on_with_what_is_held()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 6);
        topic[0].Batches[3].Bytes[Length] = 0x80;
        var reading = Read();
        // Found out while the reader has taken nothing yet.
        await Broker.SeenAsync(request => AsksFor(request, 0, 3));
        await Broker.SeenAsync(IsFetch, Broker.Requests.Count(IsFetch) + 1);

        Cluster.Read(() => topic[0].Batches[3].Bytes[Length] = 0);

        Assert.Equal(Values(0, 6), (await reading.ToAsync(6)).Values);
    }

    [Fact]
    public async Task Broker_that_finds_its_log_corrupt_loses_nothing_that_is_held()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 4);
        var reading = Read();
        await Broker.SeenAsync(request => AsksFor(request, 0, 4));
        var corrupt = ScriptedAnswer.PartitionError(BrokerError.CorruptMessage);
        Broker.Once(ApiKey.Fetch, corrupt, corrupt);
        await Broker.SeenAsync(IsFetch, Broker.Requests.Count(IsFetch) + 3);
        Append(topic[0], batches: 4);

        Assert.Equal(Values(0, 8), (await reading.ToAsync(8)).Values);
    }

    [Fact]
    public async Task Broker_that_goes_on_finding_its_log_corrupt_ends_reading_behind_what_is_held()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 4);
        var reading = Read();
        await Broker.SeenAsync(request => AsksFor(request, 0, 4));
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.PartitionError(BrokerError.CorruptMessage));

        var failure = await FailureOf(reading);

        Assert.Equal(SourceErrorKind.Fatal, failure.Kind);
        Assert.Contains("offset 4", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Values(0, 4), reading.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Older_message_format_ends_reading_at_once_and_says_so(byte magic)
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 3);
        topic[0].Batches[2].Bytes[Magic] = magic;
        var reading = Read();

        var failure = await FailureOf(reading);

        Assert.Equal(SourceErrorKind.Fatal, failure.Kind);
        Assert.Contains($"message format v{magic}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("offset 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Values(0, 2), reading.Values);
        Assert.Single(Asked(Broker), (0, 2L));
    }

    private static byte Intact(byte[] batch)
    {
        var copy = batch.ToArray();
        RecordBatchBuilder.SetCrc(copy);
        return copy[Crc];
    }
}
