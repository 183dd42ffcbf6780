using Bayou.Kafka.Librdkafka;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Sources;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Bayou.Kafka.Tools;

/// <summary>Creates and deletes topics, for tools and tests. Reading never does.</summary>
public sealed class TopicAdministration : IDisposable
{
    private readonly string _address;
    private readonly IAdminClient _client;

    /// <summary>An administrator that connects with the given librdkafka properties.</summary>
    public TopicAdministration(IReadOnlyDictionary<string, string> properties)
    {
        LibrdkafkaLoader.Load();
        _address = properties.GetValueOrDefault("bootstrap.servers") ?? "";
        _client = new AdminClientBuilder(properties).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Creates a topic. Returns false, and changes nothing, when there is one.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="partitions">Number of partitions.</param>
    /// <param name="configuration">Topic properties such as <c>cleanup.policy</c>.</param>
    /// <param name="replicas">Copies of each partition; null for the cluster's default.</param>
    /// <exception cref="SourceException">The brokers refused, or did not answer.</exception>
    public async Task<bool> CreateAsync(string topic, int partitions, IReadOnlyDictionary<string, string>? configuration = null, short? replicas = null)
    {
        var wanted = new TopicSpecification
        {
            Name = topic,
            NumPartitions = partitions,
            ReplicationFactor = replicas ?? -1,
            Configs = configuration?.ToDictionary(),
        };
        try
        {
            await _client.CreateTopicsAsync([wanted]);
            return true;
        }
        catch (CreateTopicsException failure) when (failure.Results[0].Error.Code == ErrorCode.TopicAlreadyExists)
        {
            return false;
        }
        catch (KafkaException failure)
        {
            throw Failure($"Creating topic {topic} with {partitions} partitions", failure);
        }
    }

    /// <summary>Deletes a topic with all its records. Returns false when there is none.</summary>
    /// <exception cref="SourceException">The brokers refused, or did not answer.</exception>
    public async Task<bool> DeleteAsync(string topic)
    {
        try
        {
            await _client.DeleteTopicsAsync([topic]);
            return true;
        }
        catch (DeleteTopicsException failure) when (failure.Results[0].Error.Code == ErrorCode.UnknownTopicOrPart)
        {
            return false;
        }
        catch (KafkaException failure)
        {
            throw Failure($"Deleting topic {topic}", failure);
        }
    }

    /// <summary>Deletes a partition's records below an offset, as retention would.</summary>
    /// <exception cref="SourceException">The brokers refused, or did not answer.</exception>
    public async Task DeleteRecordsAsync(Sources.TopicPartition partition, long before)
    {
        try
        {
            await _client.DeleteRecordsAsync([new TopicPartitionOffset(partition.Topic, partition.Partition, before)]);
        }
        catch (KafkaException failure)
        {
            throw Failure($"Deleting records of {partition} below {before}", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private SourceException Failure(string action, KafkaException failure) =>
        new(SourceErrors.KindOf(failure.Error.Code), $"{action} at {_address} failed: {failure.Message}. It may be tried again.", failure);
}
