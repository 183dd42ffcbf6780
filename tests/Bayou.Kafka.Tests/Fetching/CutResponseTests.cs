using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Connections that end or stall in the middle of a response: what came whole is kept, the rest is asked for again, and nothing comes twice.</summary>
public sealed class CutResponseTests : FetchingScenario
{
    private const int Partitions = 3;

    // Sizes of a response in version 16: frame and header 4 + 4 + 1, then 4 + 2 + 4 + 1, the topic's id and count 17; a partition's start is 4 + 2 + 8 + 8 + 8 + 1 + 4.
    private const int PartitionsStart = 9 + 11 + 17;

    public static TheoryData<int, bool> Cuts()
    {
        var cuts = new TheoryData<int, bool>();
        foreach (var at in new[] { 0, 3, 6, 9, 15, PartitionsStart - 5, PartitionsStart, PartitionsStart + 10, PartitionsStart + 40, PartitionsStart + 200, PartitionsStart + 1100, -2, -1 })
        {
            cuts.Add(at, false);
            cuts.Add(at, true);
        }

        return cuts;
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Response_that_is_cut_off_goes_on_where_it_ended(int at, bool stalls)
    {
        var topic = await OpenAsync(Partitions, options => options with { RequestTimeout = TimeSpan.FromMilliseconds(200) });
        foreach (var partition in topic.Partitions)
            for (var i = 0; i < 5; i++) partition.Append($"{i}{new string('x', 100)}");
        Broker.Once(ApiKey.Fetch, await CutAsync(at, stalls));
        var readings = Enumerable.Range(0, Partitions).Select(partition => Read(partition)).ToList();

        foreach (var reading in readings)
        {
            await reading.ToAsync(5);
            Assert.Equal(["0xx", "1xx", "2xx", "3xx", "4xx"], reading.Values.Select(value => value![..3]));
            Assert.Empty(reading.Waits);
        }
    }

    [Fact]
    public async Task Partitions_that_came_whole_are_not_asked_for_again()
    {
        var topic = await OpenAsync(Partitions);
        foreach (var partition in topic.Partitions) partition.Append(new string('x', 1000));
        var gate = new TaskCompletionSource();
        // The first fetch finds only what was opened before it; the second one asks for all.
        Broker.Once(ApiKey.Fetch, ScriptedAnswer.Error(BrokerError.FetchSessionIdNotFound).When(gate.Task));
        Broker.Once(ApiKey.Fetch, ScriptedAnswer.Default.CloseAfter(PartitionsStart + 1500));
        var readings = Enumerable.Range(0, Partitions).Select(partition => Read(partition)).ToList();
        await Broker.SeenAsync(IsFetch);

        gate.SetResult();
        foreach (var reading in readings) await reading.ToAsync(1);

        var fetches = Broker.Requests.Where(IsFetch).Select(request => request.Fetch!).ToList();
        Assert.Equal(Partitions, fetches[1].Partitions.Count(wanted => wanted.FetchOffset == 0));
        var kept = fetches[1].Partitions[0].Key.Partition;
        Assert.Equal(Enumerable.Range(0, Partitions).Select(partition => partition == kept ? 1L : 0L),
            fetches[2].Partitions.OrderBy(wanted => wanted.Key.Partition).Select(wanted => wanted.FetchOffset));
    }

    [Fact]
    public async Task Broker_that_does_not_answer_is_named_with_the_step()
    {
        var topic = await OpenAsync(change: options => options with { RequestTimeout = TimeSpan.FromMilliseconds(100) });
        Append(topic[0], batches: 1);
        var reading = await Read().ToAsync(1);
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.Stall);

        var notice = await NoticeOf(reading);

        Assert.Contains($"Fetch request to {Broker.Address} took longer than", notice.Message, StringComparison.Ordinal);
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.Default);
        Append(topic[0], batches: 1);
        Assert.Equal(Values(0, 2), (await reading.ToAsync(2)).Values);
    }

    [Fact]
    public async Task Broker_that_does_not_answer_is_told_long_before_the_request_times_out()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 1);
        var reading = await Read().ToAsync(1);
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.Stall);

        var notice = await NoticeOf(reading);

        Assert.Contains($"broker {Broker.Address} does not answer", notice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 4, 0, 0, 0, 99 })]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 72, 84, 84, 80, 47, 49, 46, 49, 32, 52, 48, 48 })]
    public async Task Response_that_is_none_goes_on_over_a_new_connection(byte[] bytes)
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 1);
        Broker.Once(ApiKey.Fetch, ScriptedAnswer.Bytes(bytes));

        Assert.Equal(Values(0, 1), (await Read().ToAsync(1)).Values);
    }

    private async Task<ScriptedAnswer> CutAsync(int at, bool stalls)
    {
        // From the end: known once the response's size is.
        if (at < 0) at += await SizeAsync();
        return stalls ? ScriptedAnswer.Default.StallAfter(at) : ScriptedAnswer.Default.CloseAfter(at);
    }

    private Task<int> SizeAsync() => Task.FromResult(Cluster.Read(() =>
        PartitionsStart + Cluster.Topics["t"].Partitions.Sum(partition => 35 + 1 + 1 + partition.Batches.Sum(batch => batch.Bytes.Length)) + 2));
}
