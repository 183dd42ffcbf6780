using Bayou.Definitions;
using Bayou.Kafka;
using Bayou.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>Counts what a topic holds, by the brokers' word.</summary>
internal static class TopicEnds
{
    /// <summary>Records in all partitions of a topic that nothing expires from.</summary>
    public static async Task<long> CountAsync(string address, string topic)
    {
        await using var services = new ServiceCollection().AddLogging().AddKafkaSource().BuildServiceProvider();
        var definition = new SourceDefinition { Kind = "kafka", Topics = [topic], Options = new Dictionary<string, string> { ["bootstrap.servers"] = address } };
        await using var source = await services.GetServices<ISourceFactory>().Single().OpenAsync(definition, CancellationToken.None);
        var count = 0L;
        for (var partition = (await source.DescribeTopicAsync(topic, CancellationToken.None)).Partitions - 1; partition >= 0; partition--)
        {
            var bounds = await source.GetWatermarksAsync(new TopicPartition(topic, partition), CancellationToken.None);
            count += bounds.High - bounds.Low;
        }

        return count;
    }
}
