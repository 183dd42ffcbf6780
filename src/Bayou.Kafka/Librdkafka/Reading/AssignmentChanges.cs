using Bayou.Sources;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Client = Confluent.Kafka.IConsumer<Bayou.Kafka.Librdkafka.Reading.StagedPart, Bayou.Kafka.Librdkafka.Reading.StagedPart>;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>Carries changes of the assignment table over to the Kafka consumer. Used by its polling thread.</summary>
internal sealed partial class AssignmentChanges(Client client, ILogger logger)
{
    /// <summary>Unassigns and assigns what differs between <paramref name="before"/> and the table, for the partitions in <paramref name="before"/>.</summary>
    public void Apply(IReadOnlyDictionary<Sources.TopicPartition, ReadAheadBuffer?> before, PartitionTable table)
    {
        var ended = new List<ReadAheadBuffer>();
        var begun = new List<ReadAheadBuffer>();
        foreach (var (partition, old) in before)
        {
            var now = table.All.GetValueOrDefault(partition);
            if (old == now) continue;
            if (old is not null) ended.Add(old);
            if (now is not null) begun.Add(now);
        }

        if (ended.Count > 0)
        {
            // A pause outlives its assignment in librdkafka.
            Resume(ended.Where(buffer => buffer.Paused));
            Try("unassigning", ended, partitions => client.IncrementalUnassign(partitions));
        }

        if (begun.Count == 0) return;
        try
        {
            client.IncrementalAssign(begun.Select(buffer => new TopicPartitionOffset(Name(buffer), buffer.Next)));
        }
        catch (KafkaException failure)
        {
            foreach (var buffer in begun)
            {
                table.Remove(buffer);
                buffer.Fail(new SourceException(
                    SourceErrorKind.Transient,
                    $"Assigning {buffer.Source} at offset {buffer.Next} failed: {failure.Error.Reason}. Nothing was read; open the reader again.", failure) { Partition = buffer.Source });
            }
        }
    }

    /// <summary>Stops fetching for a partition; what librdkafka has prefetched of it is fetched again later.</summary>
    public void Pause(ReadAheadBuffer buffer)
    {
        buffer.Paused = true;
        Try("pausing", [buffer], client.Pause);
    }

    /// <summary>Fetches again for paused partitions.</summary>
    public void Resume(IEnumerable<ReadAheadBuffer> buffers)
    {
        var all = buffers.ToList();
        if (all.Count == 0) return;
        foreach (var buffer in all) buffer.Paused = false;
        Try("resuming", all, client.Resume);
    }

    private static Confluent.Kafka.TopicPartition Name(ReadAheadBuffer buffer) => new(buffer.Source.Topic, buffer.Source.Partition);

    private void Try(string action, List<ReadAheadBuffer> buffers, Action<IEnumerable<Confluent.Kafka.TopicPartition>> act)
    {
        try
        {
            act(buffers.Select(Name));
        }
        catch (KafkaException failure)
        {
            LogRefused(logger, failure, action, string.Join(", ", buffers.Select(buffer => buffer.Source)));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Kafka client refused {Action} {Partitions}; reading goes on")]
    private static partial void LogRefused(ILogger logger, Exception failure, string action, string partitions);
}
