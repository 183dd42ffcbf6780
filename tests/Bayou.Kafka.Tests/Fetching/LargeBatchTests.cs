using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Batches larger than what is asked for, and than what is taken at all.</summary>
public sealed class LargeBatchTests : FetchingScenario
{
    [Fact]
    public async Task Batch_larger_than_the_partitions_limit_is_read()
    {
        var topic = await OpenAsync(partitions: 2, options => options with { PartitionFetchBytes = 10_000, FetchMaxBytes = 20_000 });
        foreach (var partition in topic.Partitions)
        {
            partition.Append("small");
            partition.Append(new string('x', 3_000_000));
            partition.Append("small");
        }

        foreach (var reading in new[] { Read(0), Read(1) })
            Assert.Equal([5, 3_000_000, 5], (await reading.ToAsync(3)).Values.Select(value => value!.Length));
    }

    [Fact]
    public async Task Response_larger_than_the_limit_is_told_with_the_option_to_raise()
    {
        var topic = await OpenAsync(change: options => options with { ReceiveMaxBytes = 50_000, PartitionFetchBytes = 10_000 });
        topic[0].Append("small");
        topic[0].Append(new string('x', 60_000));
        var reading = await Read().ToAsync(1);

        var notice = await NoticeOf(reading);

        Assert.Contains("receive.message.max.bytes", notice.Message, StringComparison.Ordinal);
        Assert.Contains(Broker.Address.ToString(), notice.Message, StringComparison.Ordinal);
        Assert.InRange(Broker.Requests.Count(request => AsksFor(request, 0, 1)), 2, 1000);
    }

    [Fact]
    public async Task Memory_of_large_batches_is_given_back()
    {
        var topic = await OpenAsync();
        topic[0].Append(new string('x', 20_000_000));
        topic[0].Append("small");
        var reading = await Read().ToAsync(2, maxBytes: 1 << 25);
        await Broker.SeenAsync(request => AsksFor(request, 0, 2));
        Append(topic[0], batches: 1);
        await reading.ToAsync(3);

        Assert.InRange(Pool.RentedBytes, 0, 1 << 20);
    }
}
